import { describe, expect, test } from "vitest";
import { newCell } from "../../../app/notebook/document.ts";
import { quizOf } from "../../../app/notebook/quiz.ts";

const source = `### Two questions

**1.** Is \`lr\` a parameter?

- [ ] Yes: training never changes it; you do.
- [x] No: it is set before.

**2.** Where do the knobs end?

- [x] At the same place
- [ ] Anywhere`;
const quiz = (text: string) => quizOf(newCell("markdown", text, { tags: ["quiz"] }));

describe("quizOf()", () => {
  test("reads questions, options and what is said to each", () => {
    expect(quiz(source)).toEqual({
      intro: "### Two questions",
      questions: [
        {
          text: "Is `lr` a parameter?",
          options: [
            { text: "Yes", isRight: false, reason: "training never changes it; you do." },
            { text: "No", isRight: true, reason: "it is set before." },
          ],
        },
        {
          text: "Where do the knobs end?",
          options: [
            { text: "At the same place", isRight: true, reason: "" },
            { text: "Anywhere", isRight: false, reason: "" },
          ],
        },
      ],
    });
  });

  test("is null without the tag, without questions, and where no option is right", () => {
    expect(quizOf(newCell("markdown", source))).toBeNull();
    expect(quiz("### Two questions\n\nWhy?")).toBeNull();
    expect(quiz(source.replace("- [x] No", "- [ ] No"))).toBeNull();
  });

  test("leaves a list that is no list of options alone", () => {
    expect(quiz(`${source}\n\n- a\n- b`)?.questions).toHaveLength(2);
  });
});
