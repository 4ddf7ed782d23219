package org.actsandbox.sandbox.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.Map;
import org.actsandbox.sandbox.SandboxSettings;
import org.actsandbox.sandbox.world.ServerAddresses;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

/** Tests which host of a request is believed. */
class CallerOriginTests {

  /** The connection comes from {@code from} and arrives at 192.0.2.7. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          localhost:8080     | 192.0.2.9 | -                | -     | http://localhost:8080
          127.0.0.1:8080     | 192.0.2.9 | -                | -     | http://127.0.0.1:8080
          [::1]:8080         | 192.0.2.9 | -                | -     | http://[::1]:8080
          192.0.2.7:9000     | 192.0.2.9 | -                | -     | http://192.0.2.7:9000
          192.0.2.8:9000     | 192.0.2.9 | -                | -     | http://localhost:8080
          shop.test          | 192.0.2.9 | -                | -     | http://shop.test
          SHOP.test:81       | 192.0.2.9 | -                | -     | http://SHOP.test:81
          evil.test          | 192.0.2.9 | -                | -     | http://localhost:8080
          shop.test@evil     | 192.0.2.9 | -                | -     | http://localhost:8080
          shop.test:80/x     | 192.0.2.9 | -                | -     | http://localhost:8080
          -                  | 192.0.2.9 | -                | -     | http://localhost:8080
          localhost:8080     | 192.0.2.9 | shop.test        | https | http://localhost:8080
          localhost:8080     | 192.0.2.5 | shop.test        | https | https://shop.test
          localhost:8080     | 192.0.2.5 | shop.test, other | http  | http://shop.test
          localhost:8080     | 192.0.2.5 | evil.test        | https | http://localhost:8080
          shop.test          | 192.0.2.5 | -                | https | https://shop.test
          """)
  void believesKnownNamesAndTrustedProxies(
      @Nullable String host,
      String from,
      @Nullable String forwardedHost,
      @Nullable String forwardedProtocol,
      String origin) {
    var caller = origin(Map.of("allowed-hosts", "shop.test", "trusted-proxies", "192.0.2.5"));
    var request = MockServerHttpRequest.get("/api/worlds");
    header(request, "Host", host);
    header(request, "X-Forwarded-Host", forwardedHost);
    header(request, "X-Forwarded-Proto", forwardedProtocol);
    request.remoteAddress(new InetSocketAddress(from, 40_000));
    request.localAddress(new InetSocketAddress("192.0.2.7", 8080));
    assertThat(caller.of(request.build()).used()).hasToString(origin);
  }

  @ParameterizedTest
  @CsvSource({"localhost:8080", "act.test", "evil.test"})
  void aConfiguredAddressAlwaysCounts(String host) {
    var caller = origin(Map.of("public-base", "https://act.test/"));
    var request = MockServerHttpRequest.get("/").header("Host", host).build();
    assertThat(caller.of(request).used()).hasToString("https://act.test");
  }

  private static void header(
      MockServerHttpRequest.BaseBuilder<?> request, String name, @Nullable String value) {
    if (value != null) {
      request.header(name, value);
    }
  }

  private static CallerOrigin origin(Map<String, String> settings) {
    var bound =
        new Binder(new MapConfigurationPropertySource(settings))
            .bindOrCreate("", SandboxSettings.class);
    return new CallerOrigin(bound, new ServerAddresses(bound));
  }
}
