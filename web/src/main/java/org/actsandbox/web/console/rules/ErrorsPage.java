package org.actsandbox.web.console.rules;

import java.util.Arrays;
import java.util.List;
import org.actsandbox.protocol.refusal.ErrorCategory;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.web.console.frame.PageRequest;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;

/**
 * Shows every error code: when it comes and what the caller does next. The page belongs to no world
 * and needs no login, because refusals link to it.
 */
@Controller
class ErrorsPage {

  /** Shows the codes of a category. */
  record Section(ErrorCategory category, List<Problem> problems) {

    static List<Section> all() {
      return Arrays.stream(ErrorCategory.values())
          .map(
              category ->
                  new Section(
                      category,
                      Arrays.stream(Problem.values())
                          .filter(problem -> problem.category() == category)
                          .toList()))
          .toList();
    }
  }

  @GetMapping("/errors")
  Rendering show(PageRequest pageRequest) {
    return pageRequest.page("console/errors", "shared").with("sections", Section.all()).show();
  }
}
