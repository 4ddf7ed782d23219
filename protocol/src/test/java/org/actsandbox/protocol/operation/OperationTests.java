package org.actsandbox.protocol.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.rule.ActComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tests that each line of the table of operations can match, and checks lines that were disputed.
 */
class OperationTests {

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OTHER")
  void noLineIsHiddenByAnEarlierOne(Operation operation) {
    var path =
        operation
            .template()
            .replace("…", "/x")
            .replaceAll("\\(/[a-z0-9]+\\)\\?", "")
            .replaceAll("\\(([a-z-]+)[^)]*\\)", "$1")
            .replaceAll("\\{[a-z_]+}", "x");

    assertThat(operation.methods())
        .as(path)
        .anyMatch(method -> Operation.find(method, path) == operation);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          POST | /merchants/raileast/orders/R-1/refund | REFUND_ORDER  | PSD_PAY_INS  | PSD-8
          GET  | /delegations/iacs                     | IACS          | ADD_IAC_LCM  | ADD-7
          GET  | /delegations/iacs/D-1                 | IAC           | ADD_IAC_LCM  | ADD-7
          GET  | /psp/methods/act/1.0.0.schema.json    | METHOD_SCHEMA | PSD_PAY_A402 | A402-2
          """)
  void aRequestHasOneComponentAndOneRule(
      String method, String path, Operation operation, ActComponent component, String rule) {
    var found = Operation.find(method, path);

    assertThat(found).isEqualTo(operation);
    assertThat(found.component()).isEqualTo(component);
    assertThat(found.rule()).isNotNull().extracting(r -> r.number()).isEqualTo(rule);
  }

  @Test
  void aQueryDoesNotMatter() {
    assertThat(Operation.find("GET", "/psp/payments?limit=5&of=/psp/payments/T-1/approval"))
        .isEqualTo(Operation.PAYMENTS);
  }

  @Test
  void namesTheIdInThePath() {
    assertThat(Operation.APPROVAL.idsIn("/psp/payments/T-1/approval"))
        .containsExactly(Map.entry(JournalIds.TRADE_NO, "T-1"));
    assertThat(Operation.PAYMENTS.idsIn("/psp/payments")).isEmpty();
  }

  @Test
  void anUnknownRequestBelongsToNoComponent() {
    assertThat(Operation.find("DELETE", "/psp/payments")).isEqualTo(Operation.OTHER);
    assertThat(Operation.OTHER.component()).isNull();
  }
}
