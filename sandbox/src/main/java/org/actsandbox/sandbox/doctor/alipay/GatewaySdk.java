package org.actsandbox.sandbox.doctor.alipay;

import java.util.Locale;
import org.actsandbox.alipay.request.GatewayRequest;
import org.actsandbox.alipay.request.WireParameter.Place;

/** Recognizes the SDK that made a request by what it says of itself, and by its layout. */
final class GatewaySdk {

  private GatewaySdk() {}

  /**
   * Returns {@code java}, {@code node}, {@code python}, {@code php}, {@code dotnet}, or an empty
   * text (AIP-78 to AIP-82).
   */
  static String of(GatewayRequest request, String userAgent) {
    var said =
        (request.values().getOrDefault("alipay_sdk", "") + " " + userAgent)
            .toLowerCase(Locale.ROOT);
    if (said.contains("aop-sdk-java") || said.contains("sdk-java")) {
      return "java";
    }
    if (said.contains("nodejs") || said.contains("node")) {
      return "node";
    }
    if (said.contains("python")) {
      return "python";
    }
    if (said.contains("php")) {
      return "php";
    }
    if (said.contains("aop4net") || said.contains("sdk-net")) {
      return "dotnet";
    }
    boolean onlyCharsetInQuery =
        request.parameters().stream()
                .filter(parameter -> parameter.place() == Place.QUERY)
                .allMatch(parameter -> parameter.name().equals("charset"))
            && request.parameters().stream()
                .anyMatch(parameter -> parameter.place() == Place.QUERY);
    return onlyCharsetInQuery ? "dotnet" : "";
  }
}
