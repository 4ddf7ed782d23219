package org.actsandbox.sandbox.alipay.endpoint;

import java.nio.charset.Charset;
import java.util.Locale;
import org.actsandbox.alipay.request.GatewayRequest;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.sandbox.alipay.gateway.AlipayGateway;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves the gateway's one address. Query and body are read as bytes, because only the request
 * itself says which charset they are in (AIP-85, AIP-308).
 */
@RestController
class GatewayEndpoint {

  @EndpointSummary("Call a method of Alipay's gateway")
  @RequestMapping(
      path = "/w/{world}/gateway.do",
      method = {RequestMethod.GET, RequestMethod.POST})
  ResponseEntity<byte[]> call(AlipayGateway gateway, GatewayRequest request) {
    var reply = gateway.answer(request);
    // The type is the real gateway's; Java and .NET decode by its charset (AIP-115, AIP-296).
    return ResponseEntity.ok()
        .header(HttpHeaders.CONTENT_TYPE, "text/html;charset=" + name(request.charset()))
        .header("trace_id", reply.traceId())
        .body(reply.text().getBytes(request.charset()));
  }

  private static String name(Charset charset) {
    return charset.name().toLowerCase(Locale.ROOT);
  }
}
