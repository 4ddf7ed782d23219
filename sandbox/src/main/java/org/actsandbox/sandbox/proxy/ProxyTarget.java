package org.actsandbox.sandbox.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;

/**
 * Represents the server to which a proxy passes requests on.
 *
 * @param base {@code http://localhost:9000/shop}; a request's path is appended to its path
 */
public record ProxyTarget(URI base) {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  public ProxyTarget {
    var scheme = base.getScheme();
    if (base.getHost() == null
        || !("http".equals(scheme) || "https".equals(scheme))
        || base.getRawQuery() != null
        || base.getRawUserInfo() != null) {
      throw new Refusal(Problem.INVALID_FIELD, "not an address to pass requests on to")
          .at("target")
          .expected("http://host:port or https://host:port, with a path if need be")
          .observed(base.toString());
    }
  }

  private boolean isSecure() {
    return "https".equals(base.getScheme());
  }

  private int port() {
    return base.getPort() > 0 ? base.getPort() : isSecure() ? 443 : 80;
  }

  /** Returns the host and port for the Host header. */
  String authority() {
    return base.getPort() > 0 ? base.getHost() + ":" + base.getPort() : base.getHost();
  }

  /**
   * Returns the request line for the target: {@code POST /w/demo/merchants/raileast/carts HTTP/1.1}
   * for {@code POST /carts HTTP/1.1}.
   */
  String line(RequestLine request) {
    var path = base.getRawPath() == null ? "" : base.getRawPath().replaceAll("/+$", "");
    return "%s %s%s HTTP/1.1".formatted(request.method(), path, request.target());
  }

  /** Opens a connection, which the caller closes. */
  Socket connect(Duration timeout) throws IOException {
    var socket = isSecure() ? SSLSocketFactory.getDefault().createSocket() : new Socket();
    try {
      socket.connect(
          new InetSocketAddress(base.getHost(), port()), (int) CONNECT_TIMEOUT.toMillis());
      socket.setSoTimeout((int) timeout.toMillis());
      socket.setTcpNoDelay(true);
      if (socket instanceof SSLSocket secure) {
        var parameters = new SSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        secure.startHandshake();
      }
      return socket;
    } catch (IOException | RuntimeException failed) {
      socket.close();
      throw failed;
    }
  }
}
