package org.actsandbox.protocol.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the form of DIDs and of their key ids. */
class DidTests {

  @Test
  void keyIdsContainTheDid() {
    var did = Did.of("gotrip-rail");
    assertThat(did.key(2)).isEqualTo("did:act:gotrip-rail#key-2");
    assertThat(Did.ofSigner(did.key(2))).isEqualTo(did);
    assertThat(did.name()).isEqualTo("gotrip-rail");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "did:act:",
        "did:web:a",
        "did:act:A",
        "did:act:-a",
        "did:act:a-",
        "did:act:a b",
        "did:act:a#key-1",
        "did:act:a/b",
        "DID:act:a",
        " did:act:a",
        "did:act:a\n"
      })
  void refusesOtherForms(String text) {
    assertThatThrownBy(() -> new Did(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isAtMostSixtyFourCharactersLong() {
    assertThat(Did.of("a".repeat(64)).name()).hasSize(64);
    assertThatThrownBy(() -> Did.of("a".repeat(65))).isInstanceOf(IllegalArgumentException.class);
  }
}
