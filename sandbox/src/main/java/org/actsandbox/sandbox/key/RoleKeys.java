package org.actsandbox.sandbox.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.sandbox.database.DataFolder;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes and verifies the keys in Authorization headers: {@code
 * act_{role}_{world}[.{subject}]_{mac}}. Keys are not stored; the server's secret tells whether a
 * key is valid.
 */
@Component
public class RoleKeys {

  private static final int MAC_BYTES = 20;
  private static final int MAX_LENGTH = 256;
  private static final Pattern FORM =
      Pattern.compile(
          "act_(principal|agent|assistant|merchant|operator)_([a-z0-9-]{1,40})(?:\\.([a-z0-9.-]{1,64}))?"
              + "_([0-9a-f]{40})");

  /** Limit of the remembered codes: one for each key that is in use, of a few bytes each. */
  private static final int MAX_KNOWN = 4_096;

  private final Hmac roles;
  private final String admin;

  /**
   * The codes of keys that were valid. What is remembered is compared in constant time, as a code
   * that is computed anew, and only a key with its own code is remembered.
   */
  private final Map<Place, byte[]> known = new ConcurrentHashMap<>();

  RoleKeys(DataFolder folder) {
    this.roles = new Hmac(Hmac.derive(folder.secret(), "role keys"));
    this.admin = "act_admin_" + hex(new Hmac(Hmac.derive(folder.secret(), "admin key")).of("1"));
  }

  /** Is what a code is made of. */
  private record Place(Role role, String world, long generation, @Nullable String subject) {}

  /** Represents the unverified content of a key. */
  public record Claim(Role role, String world, @Nullable String subject, String mac) {}

  /**
   * Makes a key.
   *
   * @param generation of the world: a later world of the same name has other keys
   * @param subject name of the merchant, the external agent or the further principal, else null
   */
  public String key(Role role, String world, long generation, @Nullable String subject) {
    var place = subject == null ? world : world + "." + subject;
    return "act_"
        + role.code()
        + "_"
        + place
        + "_"
        + mac(new Place(role, world, generation, subject));
  }

  public Optional<Claim> read(String key) {
    if (key.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    var matcher = FORM.matcher(key);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    var role = Role.valueOf(matcher.group(1).toUpperCase(Locale.ROOT));
    boolean named = matcher.group(3) != null;
    // Merchants are always named, the operator never; agents if they are external, principals and
    // their assistants if they are not the first.
    boolean mayBeNamed = role == Role.AGENT || role == Role.PRINCIPAL || role == Role.ASSISTANT;
    return mayBeNamed || (role == Role.MERCHANT) == named
        ? Optional.of(new Claim(role, matcher.group(2), matcher.group(3), matcher.group(4)))
        : Optional.empty();
  }

  /**
   * Returns the caller if the key is valid in this generation of its world; compares in constant
   * time.
   */
  public Optional<Caller> verify(Claim claim, long generation) {
    var place = new Place(claim.role(), claim.world(), generation, claim.subject());
    var shown = claim.mac().getBytes(StandardCharsets.UTF_8);
    var real = known.get(place);
    if (real == null) {
      real = mac(place).getBytes(StandardCharsets.UTF_8);
    }
    if (!MessageDigest.isEqual(real, shown)) {
      return Optional.empty();
    }
    if (known.size() < MAX_KNOWN) {
      known.putIfAbsent(place, real);
    }
    return Optional.of(new Caller(claim.role(), subject(claim)));
  }

  /** Returns the key for everything outside the worlds when others can reach the server. */
  public String adminKey() {
    return admin;
  }

  public boolean isAdminKey(String key) {
    return same(admin, key);
  }

  private static @Nullable Did subject(Claim claim) {
    var named = claim.subject();
    return switch (claim.role()) {
      case PRINCIPAL, ASSISTANT -> named == null ? Principals.FIRST : Did.of(named);
      case AGENT -> Did.of(named == null ? "demo-agent" : named);
      case MERCHANT -> named == null ? null : Did.of(named);
      case OPERATOR, ANONYMOUS -> null;
    };
  }

  private String mac(Place place) {
    var subject = place.subject();
    // No part can hold the separator, so no two claims share a text.
    return hex(
        roles.of(
            place.role()
                + "|"
                + place.world()
                + "|"
                + place.generation()
                + "|"
                + (subject == null ? "" : subject)));
  }

  private static String hex(byte[] mac) {
    return HexFormat.of().formatHex(Arrays.copyOf(mac, MAC_BYTES));
  }

  private static boolean same(String real, String shown) {
    return MessageDigest.isEqual(
        real.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
  }
}
