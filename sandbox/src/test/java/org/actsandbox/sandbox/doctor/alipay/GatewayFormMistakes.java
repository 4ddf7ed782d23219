package org.actsandbox.sandbox.doctor.alipay;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.BARE_APP;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.CERTIFICATE_APP;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.FORMER_KEY;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.KEY;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.OTHER_KEY;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.OTHER_SELLER;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.PLATFORM_KEY_APP;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.SHORT_KEY;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.STRANGE_KEY;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.mistake;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.parameters;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.right;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.sent;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.sentBy;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.sign;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.signature;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.signed;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.text;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.with;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.without;

import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import org.actsandbox.alipay.signature.StringToSign;
import org.actsandbox.sandbox.doctor.alipay.GatewayFixture.Mistake;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureCause;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureProbe;

/** Makes mistakes in the form of a request, in its keys and in the algorithm of its signature. */
final class GatewayFormMistakes {

  private GatewayFormMistakes() {}

  static Stream<Mistake> forms() {
    var right = signature(right());
    var hex = HexFormat.of();
    var bytes = Base64.getDecoder().decode(right);
    return Stream.of(
        mistake("no sign", SignatureCause.SIGN_ABSENT, () -> sent(right(), "")),
        mistake(
            "Base64 not percent-encoded",
            SignatureCause.SIGN_PLUS_AS_BLANK,
            () -> {
              var plus = withSigns("+");
              return sent(plus, signature(plus).replace('+', ' '));
            }),
        mistake(
            "Base64URL",
            SignatureCause.SIGN_BASE64URL,
            () -> {
              var plus = withSigns("+");
              return sent(plus, signature(plus).replace('+', '-').replace('/', '_'));
            }),
        mistake(
            "percent-encoded twice",
            SignatureCause.SIGN_PERCENT_ENCODED,
            () -> sent(right(), URLEncoder.encode(right, UTF_8))),
        mistake(
            "hexadecimal",
            SignatureCause.SIGN_HEX_OR_ENCODED_TWICE,
            () -> sent(right(), hex.formatHex(bytes))),
        mistake(
            "Base64 of the Base64 text",
            SignatureCause.SIGN_HEX_OR_ENCODED_TWICE,
            () -> sent(right(), Base64.getEncoder().encodeToString(right.getBytes(US_ASCII)))),
        mistake(
            "MIME line breaks",
            SignatureCause.SIGN_WITH_BREAKS,
            () -> sent(right(), Base64.getMimeEncoder().encodeToString(bytes))),
        mistake("quotes", SignatureCause.SIGN_WITH_BREAKS, () -> sent(right(), '"' + right + '"')),
        mistake("cut off", SignatureCause.SIGN_CUT, () -> sent(right(), right.substring(0, 200))),
        mistake(
            "a key of 1024 bits",
            SignatureCause.SIGN_OF_OTHER_KEY_SIZE,
            () -> sent(right(), sign(SHORT_KEY, StringToSign.ofRequest(right()).getBytes(UTF_8)))));
  }

  /** Returns parameters whose signature contains a sign in which the two alphabets differ. */
  static Map<String, String> withSigns(String sign) {
    for (int i = 10; i < 60; i++) {
      var parameters = parameters("2026-08-25 10:00:" + i);
      if (signature(parameters).contains(sign)) {
        return parameters;
      }
    }
    throw new IllegalStateException("no signature with " + sign);
  }

  static Stream<Mistake> keys() {
    var otherSeller = with("biz_content", "{\"seller_id\":\"" + OTHER_SELLER + "\"}");
    return Stream.of(
        mistake(
            "no key on record",
            SignatureCause.APP_WITHOUT_KEY,
            () -> sentBy(with("app_id", BARE_APP), KEY)),
        mistake(
            "key of another app",
            SignatureCause.KEY_OF_OTHER_APP,
            () -> sentBy(right(), OTHER_KEY)),
        mistake("former key", SignatureCause.FORMER_KEY, () -> sentBy(right(), FORMER_KEY)),
        mistake(
            "app id of another app",
            SignatureCause.APP_ID_OF_OTHER_APP,
            () -> sentBy(otherSeller, OTHER_KEY)),
        mistake(
            "an app id that is not registered",
            SignatureCause.APP_ID_OF_OTHER_APP,
            () -> sentBy(with("app_id", "9021000199999999"), KEY)),
        mistake(
            "unknown app, unknown key",
            SignatureCause.APP_UNKNOWN,
            () -> sentBy(with("app_id", "9021000199999999"), STRANGE_KEY)),
        mistake(
            "platform key registered",
            SignatureCause.PLATFORM_KEY_REGISTERED,
            () -> sentBy(with("app_id", PLATFORM_KEY_APP), KEY)),
        mistake("PSS", SignatureCause.SIGN_PSS, () -> sent(right(), pss(text(right())))),
        mistake(
            "a private key that belongs to no key on record",
            SignatureCause.PRIVATE_KEY_UNKNOWN,
            () -> sentBy(right(), STRANGE_KEY)),
        mistake(
            "the SDK says that an answer does not verify",
            SignatureCause.CLIENT_PLATFORM_KEY_WRONG,
            () ->
                AnswerDoctor.ofComplaint(
                    "AlipayApiException: sign check fail: check Sign and Data Fail!")),
        mistake(
            "certificate app without app_cert_sn",
            SignatureCause.CERTIFICATE_MODE,
            () -> sentBy(with("app_id", CERTIFICATE_APP), KEY)),
        mistake(
            "app_cert_sn for an app with a key",
            SignatureCause.CERTIFICATE_MODE,
            () -> sentBy(with("app_cert_sn", "abc"), KEY)));
  }

  static String pss(byte[] text) {
    try {
      var signature = Signature.getInstance("RSASSA-PSS");
      signature.setParameter(
          new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
      signature.initSign(KEY.getPrivate());
      signature.update(text);
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException(broken);
    }
  }

  static String jca(String algorithm, byte[] text) {
    try {
      var signature = Signature.getInstance(algorithm);
      signature.initSign(KEY.getPrivate());
      signature.update(text);
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException(broken);
    }
  }

  static String raw(byte[] digest) {
    try {
      var cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
      cipher.init(Cipher.ENCRYPT_MODE, KEY.getPrivate());
      return Base64.getEncoder().encodeToString(cipher.doFinal(digest));
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException(broken);
    }
  }

  static Stream<Mistake> algorithms() {
    return Stream.of(
        mistake(
            "SHA-1 for RSA2",
            SignatureCause.SIGN_TYPE_OTHER_HASH,
            () -> sent(right(), jca("SHA1withRSA", text(right())))),
        mistake(
            "SHA-256 for RSA",
            SignatureCause.SIGN_TYPE_OTHER_HASH,
            () -> {
              var old = with("sign_type", "RSA");
              return sent(old, jca("SHA256withRSA", text(old)));
            }),
        mistake(
            "MD5",
            SignatureCause.SIGN_UNKNOWN_HASH,
            () -> sent(right(), jca("MD5withRSA", text(right())))),
        mistake(
            "SHA-512",
            SignatureCause.SIGN_UNKNOWN_HASH,
            () -> sent(right(), jca("SHA512withRSA", text(right())))),
        mistake(
            "digest without a name",
            SignatureCause.HASH_WITHOUT_NAME,
            () -> sent(right(), raw(SignatureProbe.digest("SHA-256", text(right()))))),
        mistake(
            "hashed twice",
            SignatureCause.HASHED_TWICE,
            () -> sent(right(), sign(KEY, SignatureProbe.digest("SHA-256", text(right()))))),
        signed(
            "hash as hexadecimal text",
            SignatureCause.HASHED_TWICE,
            parameters -> SignatureProbe.hex("SHA-256", text(parameters))),
        mistake(
            "sign_type in lower case",
            SignatureCause.SIGN_TYPE_NAME,
            () -> sentBy(with("sign_type", "rsa2"), KEY)),
        mistake(
            "no sign_type",
            SignatureCause.SIGN_TYPE_NAME,
            () -> sentBy(without("sign_type"), KEY)));
  }
}
