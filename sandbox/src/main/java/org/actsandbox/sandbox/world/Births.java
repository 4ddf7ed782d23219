package org.actsandbox.sandbox.world;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.key.Hmac;
import org.actsandbox.sandbox.key.KeySecret;
import org.springframework.stereotype.Component;

/** Makes the row of a new world: name, seed, key secret, generation. */
@Component
class Births {

  private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?");
  private static final Pattern FULL_SEED = Pattern.compile("[0-9a-f]{64}");
  private static final int MAX_SEED = 64;

  private final WorldTable table;
  private final Clock machine;
  private final SecureRandom random = new SecureRandom();

  Births(WorldTable table, Clock machine) {
    this.table = table;
    this.machine = machine;
  }

  WorldRow row(Worlds.NewWorld wish) {
    var name = wish.name() == null ? "w-" + hex(5) : checkedName(wish.name());
    var seed = wish.seed() == null ? hex(32) : seed(wish.seed());
    var now = machine.instant().truncatedTo(ChronoUnit.MICROS);
    return new WorldRow(
        name,
        table.nextGeneration(),
        0,
        seed,
        wish.keySecret() == null ? KeySecret.random(random) : wish.keySecret(),
        wish.settings().startingAt(ClockStart.of(wish.clock(), now)),
        wish.clock(),
        0,
        now);
  }

  private static String checkedName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new Refusal(Problem.INVALID_FIELD, "not a name for a world")
          .at("name")
          .expected("1 to 40 of a-z, 0-9 and hyphen, no hyphen at the ends")
          .observed(name);
    }
    return name;
  }

  /**
   * 64 hex digits are taken as they are, any other text is stretched; the same text, the same
   * chance.
   */
  private static String seed(String text) {
    if (text.isEmpty() || text.length() > MAX_SEED) {
      throw new Refusal(Problem.INVALID_FIELD, "not a seed")
          .at("seed")
          .expected("1 to 64 characters");
    }
    return FULL_SEED.matcher(text).matches()
        ? text
        : HexFormat.of()
            .formatHex(Hmac.derive(text.getBytes(StandardCharsets.UTF_8), "world seed"));
  }

  private String hex(int bytes) {
    var drawn = new byte[bytes];
    random.nextBytes(drawn);
    return HexFormat.of().formatHex(drawn);
  }
}
