package org.actsandbox.sandbox.control;

import java.util.List;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.sandbox.mutant.assembly.Mutants;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The defective stand-ins a world can be made with; a closed list, so it has no pages. */
@RestController
class MutantEndpoint {

  /**
   * @param participant merchant, psp or agent
   * @param wrong what it does
   * @param rule what it breaks
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
