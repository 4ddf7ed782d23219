package org.actsandbox.sandbox.doctor.alipay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.APP;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.KEY;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.OTHER_KEY;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.OTHER_SELLER;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.PARTIES;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.SELLER;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.STRANGE_KEY;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.mistake;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.right;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.sign;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.signature;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.text;

import java.security.KeyPair;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.actsandbox.alipay.a2m.AlipayBill;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.doctor.alipay.GatewayFixture.Mistake;
import org.actsandbox.sandbox.doctor.diagnosis.Diagnosis;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureCause;
import tools.jackson.databind.node.ObjectNode;

/** Makes mistakes in the signature of a bill. */
final class BillMistakes {

  private BillMistakes() {}

  static AlipayBill bill() {
    return new AlipayBill(
        new AlipayBill.BillOrder(
            "ORDER_1",
            "0.10",
            "CNY",
            "/demo/a2m/resource",
            "2026-08-25T10:30:00+08:00",
            null,
            null,
            SELLER),
        new AlipayBill.BillSeller("shop", SELLER, APP, "天气", "seller_id", "API_SERVICE_1"));
  }

  static Diagnosis billSigned(String text, KeyPair pair) {
    return billSigned(bill(), sign(pair, text.getBytes(UTF_8)));
  }

  static Diagnosis billSigned(AlipayBill unsigned, String signature) {
    var tree = (ObjectNode) Json.tree(unsigned);
    ((ObjectNode) tree.path("protocol"))
        .put("seller_signature", signature)
        .put("seller_sign_type", "RSA2");
    return BillDoctor.examine(tree, "", "", PARTIES);
  }

  static Mistake billText(String name, SignatureCause cause, UnaryOperator<String> change) {
    return mistake(
        "bill: " + name, cause, () -> billSigned(change.apply(bill().textToSign()), KEY));
  }

  static Stream<Mistake> bills() {
    var right = sign(KEY, bill().textToSign().getBytes(UTF_8));
    return Stream.of(
        billText(
            "a field missing", SignatureCause.BILL_FIELDS, t -> t.replace("currency=CNY&", "")),
        billText(
            "a field more",
            SignatureCause.BILL_FIELDS,
            t -> t.replace("&service_id", "&seller_name=shop&service_id")),
        billText(
            "seller_unique_id in place of seller_id",
            SignatureCause.BILL_NAMES,
            t -> t.replace("seller_id=", "seller_unique_id=")),
        billText(
            "camelCase",
            SignatureCause.BILL_NAMES,
            t ->
                t.replace("goods_name", "goodsName")
                    .replace("out_trade_no", "outTradeNo")
                    .replace("pay_before", "payBefore")
                    .replace("resource_id", "resourceId")
                    .replace("seller_id", "sellerId")
                    .replace("service_id", "serviceId")),
        billText(
            "amount without its zero",
            SignatureCause.BILL_AMOUNT_FORM,
            t -> t.replace("0.10", "0.1")),
        billText("fen", SignatureCause.BILL_AMOUNT_FORM, t -> t.replace("0.10", "10")),
        billText(
            "time with Z",
            SignatureCause.BILL_TIME_FORM,
            t -> t.replace("2026-08-25T10:30:00+08:00", "2026-08-25T02:30:00Z")),
        billText(
            "time with a fraction",
            SignatureCause.BILL_TIME_FORM,
            t -> t.replace("10:30:00+08:00", "10:30:00.000000+08:00")),
        billText(
            "placeholder as service",
            SignatureCause.BILL_SERVICE_ID,
            t -> t.replace("API_SERVICE_1", "api_mock_service_id")),
        billText(
            "another service of the seller",
            SignatureCause.BILL_SERVICE_ID,
            t -> t.replace("API_SERVICE_1", "API_SERVICE_7")),
        mistake(
            "bill: JSON signed",
            SignatureCause.BILL_OTHER_TEXT,
            () -> billSigned(Json.write(protocolOnly()), KEY)),
        mistake(
            "bill: Base64URL",
            SignatureCause.BILL_SIGNATURE_FORM,
            () -> billSigned(bill(), HexFormat.of().formatHex(Base64.getDecoder().decode(right)))),
        mistake(
            "bill: cut",
            SignatureCause.BILL_SIGNATURE_FORM,
            () -> billSigned(bill(), right.substring(0, 100))),
        mistake(
            "bill: seller is not the owner",
            SignatureCause.SELLER_NOT_OWNER,
            () -> {
              var bill = bill();
              var method = bill.method();
              var foreign =
                  new AlipayBill(
                      bill.protocol(),
                      new AlipayBill.BillSeller(
                          method.sellerName(),
                          OTHER_SELLER,
                          APP,
                          method.goodsName(),
                          "seller_id",
                          method.serviceId()));
              return billSigned(foreign, sign(KEY, foreign.textToSign().getBytes(UTF_8)));
            }),
        mistake(
            "bill: key of another app",
            SignatureCause.KEY_OF_OTHER_APP,
            () -> billSigned(bill().textToSign(), OTHER_KEY)),
        mistake(
            "bill: strange key",
            SignatureCause.PRIVATE_KEY_UNKNOWN,
            () -> billSigned(bill().textToSign(), STRANGE_KEY)));
  }

  static ObjectNode protocolOnly() {
    var protocol = (ObjectNode) Json.tree(bill()).path("protocol");
    return protocol.put("seller_sign_type", "RSA2");
  }
}
