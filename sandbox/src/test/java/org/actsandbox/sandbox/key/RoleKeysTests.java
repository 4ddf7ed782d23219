package org.actsandbox.sandbox.key;

import static org.assertj.core.api.Assertions.assertThat;

import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.sandbox.SandboxServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the content of role keys, and when they are valid. */
class RoleKeysTests {

  static final RoleKeys keys = SandboxServer.shared().bean(RoleKeys.class);

  @ParameterizedTest
  @EnumSource(
      value = Role.class,
      names = {"PRINCIPAL", "AGENT", "OPERATOR"})
  void aKeyIsValidInItsWorldRoleAndGenerationOnly(Role role) {
    var key = keys.key(role, "demo", 7, null);
    var claim = keys.read(key).orElseThrow();

    assertThat(claim.role()).isEqualTo(role);
    assertThat(claim.world()).isEqualTo("demo");
    assertThat(keys.verify(claim, 7).orElseThrow().role()).isEqualTo(role);
    assertThat(keys.verify(claim, 8)).isEmpty();
    for (var other : Role.values()) {
      if (other != role && other != Role.ANONYMOUS && other != Role.MERCHANT) {
        var forged = key.replace("act_" + role.code(), "act_" + other.code());
        assertThat(keys.verify(keys.read(forged).orElseThrow(), 7)).isEmpty();
      }
    }
  }

  @Test
  void aMerchantsKeyIsValidForThatMerchantOnly() {
    var key = keys.key(Role.MERCHANT, "demo", 1, "raileast");
    var caller = keys.verify(keys.read(key).orElseThrow(), 1).orElseThrow();

    assertThat(caller.isMerchant(Did.of("raileast"))).isTrue();
    assertThat(caller.isMerchant(Did.of("bazaar88"))).isFalse();
    var forged = key.replace("raileast", "bazaar88");
    assertThat(keys.verify(keys.read(forged).orElseThrow(), 1)).isEmpty();
    assertThat(keys.key(Role.MERCHANT, "demo.x", 1, "y"))
        .isNotEqualTo(keys.key(Role.MERCHANT, "demo", 1, "x.y"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "act_",
        "act_agent_demo_",
        "act_agent_demo_xyz",
        "act_root_demo_0123456789012345678901234567890123456789",
        "act_operator_demo.raileast_0123456789012345678901234567890123456789",
        "act_merchant_demo_0123456789012345678901234567890123456789",
        "act_agent_DEMO_0123456789012345678901234567890123456789",
        "Bearer act_agent_demo_0123456789012345678901234567890123456789"
      })
  void otherTextsAreNotReadAsKeys(String text) {
    assertThat(keys.read(text)).isEmpty();
  }

  /** The code of a key that was valid is remembered; that must open nothing else. */
  @Test
  void aKeyThatWasValidMakesNoOtherValid() {
    var key = keys.key(Role.AGENT, "demo", 9, "remembered");
    var claim = keys.read(key).orElseThrow();
    var last = key.charAt(key.length() - 1);
    var forged = key.substring(0, key.length() - 1) + (last == '0' ? '1' : '0');

    for (int i = 0; i < 2; i++) {
      assertThat(keys.verify(keys.read(forged).orElseThrow(), 9)).isEmpty();
      assertThat(keys.verify(claim, 9).orElseThrow().did()).contains(Did.of("remembered"));
      assertThat(keys.verify(claim, 10)).isEmpty();
    }
    var other = keys.key(Role.AGENT, "demo", 9, "another");
    var taken = other.substring(0, other.length() - 40) + claim.mac();
    assertThat(keys.verify(keys.read(taken).orElseThrow(), 9)).isEmpty();
  }

  @Test
  void theAdminKeyIsNoRoleKey() {
    assertThat(keys.isAdminKey(keys.adminKey())).isTrue();
    assertThat(keys.isAdminKey(keys.adminKey() + "0")).isFalse();
    assertThat(keys.read(keys.adminKey())).isEmpty();
  }
}
