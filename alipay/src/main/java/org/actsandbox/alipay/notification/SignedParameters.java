package org.actsandbox.alipay.notification;

import java.nio.charset.Charset;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.LinkedHashMap;
import java.util.Map;
import org.actsandbox.alipay.signature.SignType;
import org.actsandbox.alipay.signature.StringToSign;

/**
 * Signs and verifies parameters that the platform sends: asynchronous notifications, and the query
 * of a return address (AIP-190, AIP-195).
 */
public final class SignedParameters {

  private SignedParameters() {}

  /** Returns the parameters with {@code sign_type} and {@code sign} behind them. */
  public static Map<String, String> sign(
      Map<String, String> parameters, PrivateKey platformKey, SignType type, Charset charset) {
    var signed = new LinkedHashMap<>(parameters);
    signed.put("sign_type", type.name());
    var text = StringToSign.ofNotification(signed);
    signed.put("sign", type.sign(platformKey, text.getBytes(charset)));
    return signed;
  }

  /** Verifies as version 1 does: {@code sign_type} is not part of the text. */
  public static boolean verifiesV1(
      Map<String, String> parameters, PublicKey key, SignType type, Charset charset) {
    return verifies(StringToSign.ofNotification(parameters), parameters, key, type, charset);
  }

  /** Verifies as version 2 does: {@code sign_type} is part of the text. */
  public static boolean verifiesV2(
      Map<String, String> parameters, PublicKey key, SignType type, Charset charset) {
    return verifies(StringToSign.ofRequest(parameters), parameters, key, type, charset);
  }

  private static boolean verifies(
      String text, Map<String, String> parameters, PublicKey key, SignType type, Charset charset) {
    var sign = parameters.get("sign");
    return sign != null && type.verifies(key, text.getBytes(charset), sign);
  }
}
