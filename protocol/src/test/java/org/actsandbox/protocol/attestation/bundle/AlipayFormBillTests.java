package org.actsandbox.protocol.attestation.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlipayFormBillTests {

  private static final String BILL =
      """
      {"protocol":{"out_trade_no":"N1","amount":"0.10","currency":"CNY","resource_id":"/report",
       "pay_before":"2026-03-02T10:00:00+08:00","seller_signature":"c2ln","seller_sign_type":"RSA2",
       "seller_unique_id":"2088000000000001"},
       "method":{"seller_name":"Kiosk","seller_id":"2088000000000001","seller_app_id":"9021",
       "goods_name":"Report","seller_unique_id_key":"seller_id","service_id":"api_mock_service_id"}}
      """;

  private static AlipayFormBill read(String json) {
    return new AlipayFormBill(Json.parse(json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"N1\"",
        "0.10",
        "CNY",
        "/report",
        "T10:00",
        "\"seller_id\":\"2088000000000001",
        "Report",
        "api_mock"
      })
  void theDigestCoversEachFieldThatTheSellerSigns(String value) {
    var changed = BILL.replace(value, value.replaceAll("[0-9a-zA-Z](?=[^0-9a-zA-Z]*$)", "8"));
    assertThat(changed).isNotEqualTo(BILL);
    assertThat(read(changed).digest()).isNotEqualTo(read(BILL).digest());
  }

  @Test
  void theDigestCoversAnOrderAsAWhole() {
    var order = "{\"out_trade_no\":\"N1\",\"total_amount\":\"1.00\",\"subject\":\"Book\"}";
    assertThat(read(order.replace("Book", "Boot")).digest()).isNotEqualTo(read(order).digest());
    assertThat(read(order).amount()).isEqualTo("1.00");
    assertThat(read(BILL).amount()).isEqualTo("0.10");
  }

  @Test
  void aBillOfActIsNotOne() {
    assertThat(AlipayFormBill.isOne(Json.parse(BILL))).isTrue();
    assertThat(AlipayFormBill.isOne(Json.parse("{\"signature_content\":\"x\"}"))).isFalse();
    assertThat(AlipayFormBill.isOne(Json.parse("null"))).isFalse();
  }
}
