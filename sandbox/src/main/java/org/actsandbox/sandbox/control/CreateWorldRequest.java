package org.actsandbox.sandbox.control;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.ValueCheckedRequest;
import org.actsandbox.sandbox.key.KeySecret;
import org.actsandbox.sandbox.mutant.assembly.Mutants;
import org.actsandbox.sandbox.world.AgentKind;
import org.actsandbox.sandbox.world.ModelChoice;
import org.actsandbox.sandbox.world.ProofVerification;
import org.actsandbox.sandbox.world.WorldSettings;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.sandbox.world.clock.ClockState;
import org.jspecify.annotations.Nullable;

/**
 * Represents the request body for a new world, in which every field may be absent.
 *
 * @param keySecret base64url of at least 32 bytes, so that a scripted run makes the same signatures
 *     every time; it is never answered. Without it keys are random
 * @param principal the first principal, whose name is {@code principal} in every world
 * @param principals further principals, each with a name
 * @param agent platform or dedicated, see {@link AgentKind}
 * @param model built-in, or configured: the model of the server's settings, the default
 * @param merchants ids of the merchants that take part; all when it is absent
 * @param proofVerification online (the default) or offline, see {@link ProofVerification}
 * @param signingHelper whether {@code POST /w/{world}/signatures} signs for the world's agent;
 *     absent: only where the server is bound to loopback
 * @param mutants names of {@code GET /api/mutants}, which replace honest participants
 */
public record CreateWorldRequest(
    @Nullable String name,
    @Nullable String seed,
    @Nullable String keySecret,
    @Nullable ClockRequest clock,
    @Nullable Principal principal,
    @Nullable List<@Nullable Principal> principals,
    @Nullable String agent,
    @Nullable String model,
    @Nullable List<@Nullable String> merchants,
    @Nullable String proofVerification,
    @Nullable Boolean signingHelper,
    @Nullable List<String> mutants)
    implements ValueCheckedRequest {

  static final CreateWorldRequest PLAIN =
      new CreateWorldRequest(
          null, null, null, null, null, null, null, null, null, null, null, null);

  /**
   * Represents a principal in the request.
   *
   * @param name name of a further principal, the last part of its DID
   * @param balance decimal string, CNY
   * @param cardLimit decimal string, CNY
   * @param priceDeviationTolerance per cent, see {@link PriceTolerance}
   * @param priceDeviationAction PAUSE_AND_NOTIFY or AUTO_CANCEL
   * @param askEveryPayment whether delegated payments need a confirmation, too
   */
  public record Principal(
      @Nullable String name,
      @Nullable String language,
      @Nullable String homeCity,
      @Nullable String shipTo,
      @Nullable String balance,
      @Nullable String cardLimit,
      @Nullable BigDecimal priceDeviationTolerance,
      @Nullable String priceDeviationAction,
      @Nullable Boolean askEveryPayment) {}

  /**
   * Reads the request.
   *
   * @param machine time of the machine's clock
   * @throws org.actsandbox.protocol.refusal.Refusal {@code invalid_field} naming the field
   */
  public Worlds.NewWorld newWorld(Instant machine) {
    return new Worlds.NewWorld(
        name,
        seed,
        keySecret == null ? null : KeySecret.given(keySecret),
        settings(),
        clock == null ? ClockState.REAL : clock.initialState(machine));
  }

  /** Returns a text without the key secret, which must be in no log. */
  @Override
  public String toString() {
    return "CreateWorldRequest[name=" + name + "]";
  }

  @Override
  public void checkValues(MistakeCollector mistakes) {
    mistakes.checkPresent(name, Worlds.NewWorld::requireName);
    mistakes.checkPresent(seed, Worlds.NewWorld::requireSeed);
    settings(mistakes);
    mistakes.within("clock", clock);
    var secret = keySecret;
    if (secret != null) {
      mistakes.check(() -> KeySecret.given(secret));
    }
  }

  private WorldSettings settings() {
    var mistakes = new MistakeCollector();
    var settings = settings(mistakes);
    mistakes.refuseAny();
    return settings;
  }

  private WorldSettings settings(MistakeCollector mistakes) {
    var first = PrincipalRequestReader.first(principal, mistakes);
    var settings = WorldSettings.of(first);
    settings = changed(mistakes, agent, settings, (all, given) -> all.with(kind(given)));
    settings = changed(mistakes, model, settings, (all, given) -> all.with(model(given)));
    settings =
        changed(
            mistakes,
            principals,
            settings,
            (all, given) ->
                all.withFurtherPrincipals(
                    PrincipalRequestReader.further(given, all.agentKind(), mistakes)));
    settings =
        changed(
            mistakes,
            merchants,
            settings,
            (all, given) -> all.withMerchants(MerchantSelection.ids(given)));
    settings =
        changed(
            mistakes, proofVerification, settings, (all, given) -> all.with(verification(given)));
    settings = changed(mistakes, signingHelper, settings, WorldSettings::withSigningHelper);
    settings =
        changed(mistakes, mutants, settings, (all, given) -> all.with(Mutants.checked(given)));
    return settings;
  }

  /** Returns the settings with a field of the request; unchanged if it is absent or mistaken. */
  private static <T> WorldSettings changed(
      MistakeCollector mistakes,
      @Nullable T given,
      WorldSettings settings,
      BiFunction<WorldSettings, T, WorldSettings> change) {
    return given == null ? settings : mistakes.value(() -> change.apply(settings, given), settings);
  }

  private static ModelChoice model(String requested) {
    return ModelChoice.ofCode(requested)
        .orElseThrow(() -> FieldChecks.invalid("model", "built-in or configured", requested));
  }

  private static ProofVerification verification(String requested) {
    return ProofVerification.ofCode(requested)
        .orElseThrow(
            () -> FieldChecks.invalid("proof_verification", "online or offline", requested));
  }

  private static AgentKind kind(String requested) {
    return AgentKind.ofCode(requested)
        .orElseThrow(() -> FieldChecks.invalid("agent", "platform or dedicated", requested));
  }
}
