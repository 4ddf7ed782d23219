package org.actsandbox.alipay.a2m;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.alipay.signature.SignType;
import org.actsandbox.alipay.signature.StringToSign;
import org.jspecify.annotations.Nullable;

/**
 * Holds the bill of a {@code Payment-Needed} header in Alipay's form. Every field may be missing in
 * what others send; {@link #fields} says which are there (AIP-137 to AIP-145).
 */
public record AlipayBill(BillOrder protocol, BillSeller method) {

  /** The only value of {@code seller_sign_type}. */
  public static final SignType SIGN_TYPE = SignType.RSA2;

  /** The value of {@code service_id} in Alipay's sandbox (AIP-143). */
  public static final String SANDBOX_SERVICE = "api_mock_service_id";

  /**
   * Holds what is bought.
   *
   * @param amount in yuan with at most two decimals
   * @param payBefore ISO 8601 with an offset; the text is signed, so it is never written anew
   */
  public record BillOrder(
      @Nullable String outTradeNo,
      @Nullable String amount,
      @Nullable String currency,
      @Nullable String resourceId,
      @Nullable String payBefore,
      @Nullable String sellerSignature,
      @Nullable String sellerSignType,
      @Nullable String sellerUniqueId) {}

  /** Holds who sells. */
  public record BillSeller(
      @Nullable String sellerName,
      @Nullable String sellerId,
      @Nullable String sellerAppId,
      @Nullable String goodsName,
      @Nullable String sellerUniqueIdKey,
      @Nullable String serviceId) {}

  /** Reads a header. */
  public static Optional<AlipayBill> decode(String header) {
    return HeaderText.decode(header, AlipayBill.class)
        .filter(bill -> bill.protocol != null && bill.method != null);
  }

  /** Writes the header: base64url without padding. */
  public String encode() {
    return HeaderText.encode(this);
  }

  /** Returns the fourteen fields by their names on the wire; missing ones as empty texts. */
  public Map<String, String> fields() {
    var fields = new LinkedHashMap<String, String>();
    put(fields, "out_trade_no", protocol.outTradeNo);
    put(fields, "amount", protocol.amount);
    put(fields, "currency", protocol.currency);
    put(fields, "resource_id", protocol.resourceId);
    put(fields, "pay_before", protocol.payBefore);
    put(fields, "seller_signature", protocol.sellerSignature);
    put(fields, "seller_sign_type", protocol.sellerSignType);
    put(fields, "seller_unique_id", protocol.sellerUniqueId);
    put(fields, "seller_name", method.sellerName);
    put(fields, "seller_id", method.sellerId);
    put(fields, "seller_app_id", method.sellerAppId);
    put(fields, "goods_name", method.goodsName);
    put(fields, "seller_unique_id_key", method.sellerUniqueIdKey);
    put(fields, "service_id", method.serviceId);
    return fields;
  }

  private static void put(Map<String, String> fields, String name, @Nullable String value) {
    fields.put(name, value == null ? "" : value);
  }

  /**
   * Returns the text that {@code seller_signature} covers: eight fields of both layers (AIP-144).
   */
  public String textToSign() {
    var all = fields();
    all.keySet()
        .removeAll(
            java.util.Set.of(
                "seller_signature",
                "seller_sign_type",
                "seller_unique_id",
                "seller_name",
                "seller_app_id",
                "seller_unique_id_key"));
    return StringToSign.ofRequest(all);
  }

  public AlipayBill signed(PrivateKey appKey) {
    var signature = SIGN_TYPE.sign(appKey, textToSign().getBytes(StandardCharsets.UTF_8));
    return new AlipayBill(
        new BillOrder(
            protocol.outTradeNo,
            protocol.amount,
            protocol.currency,
            protocol.resourceId,
            protocol.payBefore,
            signature,
            SIGN_TYPE.name(),
            protocol.sellerUniqueId),
        method);
  }

  /** Returns whether {@code seller_signature} is the application's. */
  public boolean isSignedBy(PublicKey appKey) {
    var signature = protocol.sellerSignature;
    if (signature == null) {
      return false;
    }
    var text = textToSign();
    return SIGN_TYPE.verifies(appKey, text.getBytes(StandardCharsets.UTF_8), signature);
  }
}
