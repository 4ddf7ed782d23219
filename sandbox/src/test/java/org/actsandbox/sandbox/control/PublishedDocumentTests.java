package org.actsandbox.sandbox.control;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests the answers with public keys: they say how long they may be cached, and have a tag for
 * conditional requests.
 */
class PublishedDocumentTests {

  private static final SandboxServer server = SandboxServer.shared();

  private World world;
  private String base;

  @BeforeEach
  void begin() {
    world = server.newWorld(Instant.parse("2026-03-02T01:00:00Z"));
    base = "/w/" + world.name();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/psp/.well-known/jwks.json", "/dids/sandbox-pay"})
  void keysAreKeptForAMinuteAndNewOnesHaveAnotherTag(String path) {
    var first = server.get(base + path);
    assertThat(first.header("Content-Type")).startsWith("application/json");
    assertThat(first.header("Cache-Control")).isEqualTo("max-age=60, public");
    var tag = first.header("ETag");
    assertThat(tag).matches("\"sha-256:[A-Za-z0-9_-]{43}\"");

    var same = server.get(base + path, "If-None-Match", tag);
    assertThat(same.status()).isEqualTo(304);
    assertThat(same.text()).isEmpty();
    assertThat(same.header("ETag")).isEqualTo(tag);

    var rotated =
        server.post(
            "/api/worlds/" + world.name() + "/participants/sandbox-pay/keys",
            "{}",
            bearer(server.operator(world)));
    assertThat(rotated.status()).as(rotated.text()).isEqualTo(201);
    var other = server.get(base + path, "If-None-Match", tag);
    assertThat(other.status()).isEqualTo(200);
    assertThat(other.text()).contains("did:act:sandbox-pay#key-2");
    assertThat(other.header("ETag")).isNotEqualTo(tag);
  }
}
