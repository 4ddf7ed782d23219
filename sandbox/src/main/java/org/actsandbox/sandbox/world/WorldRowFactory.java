package org.actsandbox.sandbox.world;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.sandbox.key.Hmac;
import org.actsandbox.sandbox.key.KeySecret;
import org.actsandbox.sandbox.world.clock.ClockStart;
import org.springframework.stereotype.Component;

/** Makes the row of a new world: name, seed, key secret and generation. */
@Component
class WorldRowFactory {

  private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?");
  private static final Pattern FULL_SEED = Pattern.compile("[0-9a-f]{64}");
  private static final int MAX_SEED = 64;

  private final WorldTable table;
  private final Clock machine;
  private final SecureRandom random = new SecureRandom();

  WorldRowFactory(WorldTable table, Clock machine) {
    this.table = table;
    this.machine = machine;
  }

  WorldRow newRow(Worlds.NewWorld newWorld) {
    var name = newWorld.name() == null ? "w-" + hex(5) : checkedName(newWorld.name());
    var seed = newWorld.seed() == null ? hex(32) : seed(newWorld.seed());
    var now = machine.instant().truncatedTo(ChronoUnit.MICROS);
    return new WorldRow(
        name,
        table.nextGeneration(),
        0,
        seed,
        newWorld.keySecret() == null ? KeySecret.random(random) : newWorld.keySecret(),
        newWorld.settings().withClockStart(ClockStart.of(newWorld.clock(), now)),
        newWorld.clock(),
        0,
        now);
  }

  static String checkedName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new Refusal(Problem.INVALID_FIELD, "not a name for a world")
          .at("name")
          .expected("1 to 40 of a-z, 0-9 and hyphen, no hyphen at the ends")
          .observed(name);
    }
    return name;
  }

  static void requireSeed(String text) {
    FieldChecks.text("seed", text, MAX_SEED);
  }

  /**
   * Returns 64 hex digits as they are and derives them from any other text; the same text gives the
   * same digits.
   */
  private static String seed(String text) {
    requireSeed(text);
    return FULL_SEED.matcher(text).matches()
        ? text
        : HexFormat.of()
            .formatHex(Hmac.derive(text.getBytes(StandardCharsets.UTF_8), "world seed"));
  }

  private String hex(int bytes) {
    var randomBytes = new byte[bytes];
    random.nextBytes(randomBytes);
    return HexFormat.of().formatHex(randomBytes);
  }
}
