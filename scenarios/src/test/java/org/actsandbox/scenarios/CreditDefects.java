package org.actsandbox.scenarios;

import static org.actsandbox.scenarios.MerchantDefect.mutant;
import static org.actsandbox.scenarios.MerchantDefect.wire;
import static org.actsandbox.scenarios.WireDefect.json;
import static org.actsandbox.scenarios.WireDefect.on;
import static org.actsandbox.scenarios.WireDefect.path;

import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** Lists the stand-ins that ask for credit wrongly, or make the wrong thing of the answer. */
final class CreditDefects {

  private static final String HOTEL = "stayhub";

  static final List<MerchantDefect> ALL =
      List.of(
          wire(
                  "credit-asked-unasked",
                  "Asks the verifier about a buyer whose cart refers to no credit.",
                  onDeposit(deposit -> deposit.put("query_id", "DQ-unasked")),
                  "credit.asks-only-when-referred")
              .at(HOTEL),
          mutant("more-credit-asked-than-needed", HOTEL, "credit.asks-the-minimum"),
          mutant("deposit-taken-despite-pass", HOTEL, "credit.pass-lowers"),
          mutant("deposit-waived-without-pass", HOTEL, "credit.revoked-lowers-nothing"),
          wire(
                  "silence-taken-for-a-fail",
                  "Holds it against a buyer that the verifier does not answer.",
                  onDeposit(
                      deposit -> {
                        if (deposit.path("result").asString("").equals("INCONCLUSIVE")) {
                          deposit.put("result", "FAIL");
                        }
                      }),
                  "credit.silence-is-no-fail")
              .at(HOTEL),
          wire(
                  "credit-kept-in-the-order",
                  "Writes what the verifier told about the buyer into the order.",
                  onDeposit(
                      deposit ->
                          deposit.putObject("associated_credit_value").put("limit", "3000.00")),
                  "credit.order-tells-no-credit")
              .at(HOTEL));

  private CreditDefects() {}

  private static WireDefect onDeposit(Consumer<ObjectNode> change) {
    return on(
        path("/carts"),
        json(
            order -> {
              if (order.path("deposit") instanceof ObjectNode deposit) {
                change.accept(deposit);
              }
            }));
  }
}
