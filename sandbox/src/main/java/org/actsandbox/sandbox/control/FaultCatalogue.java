package org.actsandbox.sandbox.control;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.sandbox.fault.FaultName;
import org.actsandbox.sandbox.fault.FaultParameter;
import org.actsandbox.sandbox.fault.MagicValue;
import org.actsandbox.sandbox.psp.instrument.TestCard;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Lists everything that can be made to go wrong: faults with their parameters, magic values and
 * test cards.
 */
@RestController
class FaultCatalogue {

  /**
   * Represents a kind of fault.
   *
   * @param operation operation that the fault affects if the request names none
   * @param perRequest false: probability, after and count have no effect
   */
  record Kind(FaultName name, String operation, boolean perRequest, List<Parameter> parameters) {}

  /**
   * Represents a parameter of a fault.
   *
   * @param otherwise default value; empty when there is no fixed one
   */
  record Parameter(String name, String expected, String otherwise) {}

  /**
   * Represents a magic value.
   *
   * @param place message and field in which it is looked for
   * @param once whether it affects only the first attempt of a request
   */
  record Magic(
      MagicValue.Place place,
      String value,
      FaultName fault,
      Map<String, String> parameters,
      boolean once) {}

  record Card(String number, TestCard outcome) {}

  record Catalogue(List<Kind> faults, List<Magic> magicValues, List<Card> testCards) {}

  @EndpointSummary("List the kinds of faults, magic values and test cards")
  @GetMapping("/api/faults")
  Catalogue all() {
    return new Catalogue(
        Arrays.stream(FaultName.values()).map(FaultCatalogue::kind).toList(),
        Arrays.stream(MagicValue.values())
            .map(
                each ->
                    new Magic(
                        each.place(),
                        each.value(),
                        each.fault().name(),
                        each.fault().parameters(),
                        each.once()))
            .toList(),
        Arrays.stream(TestCard.values()).map(each -> new Card(each.number(), each)).toList());
  }

  private static Kind kind(FaultName name) {
    return new Kind(
        name,
        name.operation(),
        name.isPerRequest(),
        name.parameters().stream().map(FaultCatalogue::parameter).toList());
  }

  private static Parameter parameter(FaultParameter faultParameter) {
    return new Parameter(
        faultParameter.name(), faultParameter.expected(), faultParameter.defaultValue());
  }
}
