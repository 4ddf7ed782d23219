package org.actsandbox.web.console.words;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests what of an agent's words becomes a link to a page of the payment service. */
class PaymentPageAddressTests {

  @Test
  void onlyThePathOfAPageBecomesALinkWhateverServerIsNamed() {
    var said = "Confirm it: http://evil.example/cashier/delegations/I-0001 now";

    assertThat(PaymentPageAddress.paths(said)).containsExactly("/cashier/delegations/I-0001");
    assertThat(PaymentPageAddress.without(said)).isEqualTo("Confirm it:  now");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.example/pay/demo/T-1/secret",
        "javascript://cashier/T-1",
        "http://localhost:8080/console/demo/worlds",
        "/cashier/T-1"
      })
  void otherAddressesStayWords(String said) {
    assertThat(PaymentPageAddress.paths(said)).isEmpty();
    assertThat(PaymentPageAddress.without(said)).isEqualTo(said);
  }
}
