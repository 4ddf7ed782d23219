package org.actsandbox.alipay.a2m;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.actsandbox.alipay.TestKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the three headers of a pay-per-use exchange, byte for byte. */
class AlipayHeaderTests {

  private static final AlipayBill BILL =
      new AlipayBill(
          new AlipayBill.BillOrder(
              "ORDER_1",
              "0.01",
              "CNY",
              "/demo/a2m/resource",
              "2026-08-25T10:30:00.123456789+08:00",
              null,
              null,
              "2088000000000001"),
          new AlipayBill.BillSeller(
              "Kiosk",
              "2088000000000001",
              "9021000100000001",
              "简报",
              "seller_id",
              AlipayBill.SANDBOX_SERVICE));

  @Test
  void theSellerSignsEightFieldsOfBothLayers() {
    assertThat(BILL.textToSign())
        .isEqualTo(
            "amount=0.01&currency=CNY&goods_name=简报&out_trade_no=ORDER_1"
                + "&pay_before=2026-08-25T10:30:00.123456789+08:00"
                + "&resource_id=/demo/a2m/resource&seller_id=2088000000000001"
                + "&service_id=api_mock_service_id");
    var signed = BILL.signed(TestKeys.appPrivate());
    assertThat(signed.isSignedBy(TestKeys.appPublic())).isTrue();
    assertThat(signed.isSignedBy(TestKeys.PLATFORM.getPublic())).isFalse();
    assertThat(BILL.isSignedBy(TestKeys.appPublic())).isFalse();
    assertThat(signed.fields()).containsEntry("seller_sign_type", "RSA2").hasSize(14);
  }

  @Test
  void aBillIsBase64UrlWithoutPaddingAndReadInEveryForm() {
    var header = BILL.encode();
    assertThat(header).doesNotContain("=", "+", "/");
    assertThat(AlipayBill.decode(header)).contains(BILL);
    var json = Base64.getUrlDecoder().decode(header);
    assertThat(AlipayBill.decode(Base64.getEncoder().encodeToString(json))).contains(BILL);
    assertThat(new String(json, StandardCharsets.UTF_8)).contains("\"seller_app_id\":\"9021");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "a>b?c~d\u007f", ">>>???~~~", "会话", "=/+-_"})
  void aProofHasTheOneFormThatAllSellersDecode(String session) {
    var proof = AlipayProof.of("ab".repeat(32), "2026082522001400000000000001", session);
    var header = proof.encode();
    assertThat(header).matches("[A-Za-z0-9]+=*");
    assertThat(header.length() % 4).isZero();
    assertThat(AlipayProof.decode(header)).contains(proof);
    assertThat(AlipayProof.decode(header.replace("=", ""))).contains(proof);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "!", "bm90IGpzb24", "W10=", "e30="})
  void whatIsNoProofIsNone(String header) {
    assertThat(AlipayProof.decode(header)).isEmpty();
  }

  @Test
  void aValidationHasFourFlatFields() {
    var header = new AlipayValidation("T", "O", true, "/r").encode();
    assertThat(new String(Base64.getUrlDecoder().decode(header), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"trade_no\":\"T\",\"out_trade_no\":\"O\",\"validated\":true,\"resource_id\":\"/r\"}");
    assertThat(AlipayValidation.decode(header).orElseThrow().validated()).isTrue();
  }

  @Test
  void theCashiersOrderIsTheBillInCamelCase() {
    var body =
        """
        {"method":{"sellerName":"Kiosk","sellerId":"2088000000000001",
         "sellerAppId":"9021000100000001","goodsName":"简报","sellerUniqueIdKey":"seller_id",
         "serviceId":"api_mock_service_id","buyerUniqueIdKey":"buyerExternalId"},
         "protocol":{"outTradeNo":"ORDER_1","amount":"0.01","currency":"CNY",
         "resourceId":"/demo/a2m/resource","payBefore":"2026-08-25T10:30:00.123456789+08:00",
         "sellerUniqueId":"2088000000000001","buyerUniqueId":"2088000000000099"},
         "signature":{"buyerExternalId":"2088000000000099","buyerSignature":"-","timestamp":"1"}}
        """;
    var order = CashierOrder.read(body.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    assertThat(order.bill()).isEqualTo(BILL);
    assertThat(order.buyer()).isEqualTo("2088000000000099");
    assertThat(order.buyerSignature()).isEqualTo("-");
    assertThat(CashierOrder.read("[]".getBytes(StandardCharsets.UTF_8))).isEmpty();
    assertThat(CashierOrder.read("{".getBytes(StandardCharsets.UTF_8))).isEmpty();
  }
}
