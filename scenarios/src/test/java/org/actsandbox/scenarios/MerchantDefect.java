package org.actsandbox.scenarios;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One stand-in.
 *
 * @param wrong what it does wrong, one sentence
 * @param merchant the merchant that it stands in for
 * @param mutant the sandbox's own mutant that it is; null for one of the wire
 * @param fault a fault that stays on in its world, in the form of the control API; null for none
 * @param kills ids of the checks that notice it
 */
record MerchantDefect(
    String name,
    String wrong,
    String merchant,
    @Nullable String mutant,
    @Nullable String fault,
    WireDefect wire,
    List<String> kills) {

  MerchantDefect at(String other) {
    return new MerchantDefect(name, wrong, other, mutant, fault, wire, kills);
  }

  static MerchantDefect wire(String name, String wrong, WireDefect wire, String... kills) {
    return new MerchantDefect(name, wrong, "raileast", null, null, wire, List.of(kills));
  }

  static MerchantDefect mutant(String name, String merchant, String... kills) {
    return new MerchantDefect(
        name, "", merchant, name, null, (call, honest, _) -> honest.send(call), List.of(kills));
  }

  static MerchantDefect fault(String name, String wrong, String order, String... kills) {
    return new MerchantDefect(
        name,
        wrong,
        "raileast",
        null,
        order,
        (call, honest, _) -> honest.send(call),
        List.of(kills));
  }

  /** Says in one sentence what a stand-in does wrong; mutants have their own sentence. */
  static String sentence(MerchantDefect defect, Map<String, String> mutants) {
    return defect.mutant() == null
        ? defect.wrong()
        : mutants.getOrDefault(defect.mutant(), defect.wrong());
  }
}
