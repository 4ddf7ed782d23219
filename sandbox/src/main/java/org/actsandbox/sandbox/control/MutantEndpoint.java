package org.actsandbox.sandbox.control;

import java.util.List;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.sandbox.mutant.assembly.Mutants;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Lists the defective participants that a world can contain; the list is closed, so it has no
 * pages.
 */
@RestController
class MutantEndpoint {

  /**
   * Represents a mutant.
   *
   * @param participant merchant, psp or agent
   * @param wrong description of the defect
   * @param rule rule that the mutant breaks
   */
  record Entry(String name, String participant, Text wrong, String rule) {}

  record Gallery(List<Entry> items) {}

  @EndpointSummary("List the participants that break a rule on purpose")
  @GetMapping("/api/mutants")
  Gallery list() {
    return new Gallery(
        Mutants.all().stream()
            .map(each -> new Entry(each.name(), each.participant(), each.wrong(), each.rule()))
            .toList());
  }
}
