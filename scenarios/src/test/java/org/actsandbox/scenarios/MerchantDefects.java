package org.actsandbox.scenarios;

import java.util.List;
import java.util.stream.Stream;

/** Lists the defective stand-ins that prove the checks, each with the checks that notice it. */
final class MerchantDefects {

  /** In the order of docs/check-merchant-matrix.md. */
  static final List<MerchantDefect> ALL =
      Stream.of(
              CommerceDefects.ALL,
              BillDefects.ALL,
              ProofDefects.ALL,
              OrderDefects.ALL,
              CreditDefects.ALL,
              HttpDefects.ALL)
          .flatMap(List::stream)
          .toList();

  private MerchantDefects() {}
}
