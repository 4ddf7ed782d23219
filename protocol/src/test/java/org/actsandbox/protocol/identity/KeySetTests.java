package org.actsandbox.protocol.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that key sets can be read again, and that doubtful ones are refused. */
class KeySetTests {

  private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);

  @Test
  void readsWhatItWrites() {
    var ed = TestKeys.ed25519("did:act:a#key-1", 1);
    var ec = new Es256KeyPair("did:act:a#key-2", TestKeys.P256);
    var rsa = new Rsa2KeyPair("did:act:a#key-3", TestKeys.RSA);
    var set = KeySet.of(List.of(ed.publicKey(), ec.publicKey(), rsa.publicKey()));
    var read = KeySet.parse(set.json());
    for (var signer : List.of(ed, ec, rsa)) {
      var key = read.find(signer.signerId()).orElseThrow();
      assertThat(key.type()).isEqualTo(signer.type());
      assertThat(key.verifies(MESSAGE, signer.sign(MESSAGE))).isTrue();
      assertThat(key.verifies(new byte[0], signer.sign(MESSAGE))).isFalse();
      assertThat(key.verifies(MESSAGE, new byte[0])).isFalse();
      assertThat(key.verifies(MESSAGE, new byte[64])).isFalse();
    }
    assertThat(set.json()).doesNotContain("\"d\"");
    assertThat(read.json()).isEqualTo(set.json());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"keys\":{}}",
        "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"did:act:a#key-1\",\"x\":\"AAAA\"}]}",
        "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"did:act:a#key-1\"}]}",
        "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"nobody\",\"x\":\"AAAA\"}]}",
        "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"did:act:a#key-1\",\"x\":\"AA\",\"y\":\"AA\"}]}",
        "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"did:act:a#key-1\",\"n\":\"w8w\",\"e\":\"AQAB\"}]}",
        "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"did:act:a#key-1\",\"x\":\"AA\",\"d\":\"AA\"}]}",
      })
  void refusesInvalidKeySets(String jwks) {
    assertThatThrownBy(() -> KeySet.parse(jwks)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void ignoresKeysOfOtherKinds() {
    var set =
        KeySet.parse(
            """
            {"keys":[{"kty":"oct","kid":"did:act:a#key-1"},
              {"kty":"OKP","crv":"X25519","kid":"did:act:a#key-2","x":"AA"},
              {"kty":"EC","crv":"P-521","kid":"did:act:a#key-3"},
              {"kty":"RSA","use":"enc","kid":"did:act:a#key-4"}]}
            """);
    assertThat(set.keys()).isEmpty();
  }

  @Test
  void refusesTwoKeysOfOneName() {
    var key = TestKeys.ed25519("did:act:a#key-1", 1).publicKey();
    assertThatThrownBy(() -> KeySet.of(List.of(key, key)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesWeakOrForeignPairs() {
    assertThatThrownBy(() -> new Rsa2KeyPair("did:act:a#key-1", TestKeys.pair("RSA", 1024)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Rsa2KeyPair("did:act:a#key-1", TestKeys.P256))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Es256KeyPair("did:act:a#key-1", TestKeys.pair("secp384r1")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
