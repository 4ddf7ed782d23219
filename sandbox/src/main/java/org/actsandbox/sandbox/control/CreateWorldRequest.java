package org.actsandbox.sandbox.control;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
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
 * What comes in for a new world; everything may be absent.
 *
 * @param keySecret base64url of at least 32 bytes, so that a scripted run signs the same every
 *     time; it is never answered, and keys are random without it
 * @param principal the first, who is called {@code principal} in every world
 * @param principals further ones, each with a name
 * @param agent platform or dedicated, see {@link AgentKind}
 * @param model built-in, or configured: what the server is configured with, the default
 * @param merchants ids of those who take part; all when it is absent
 * @param proofVerification online (the default) or offline, see {@link ProofVerification}
 * @param mutants names of {@code GET /api/mutants}, put in the place of honest participants
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
    @Nullable List<String> mutants) {

  static final CreateWorldRequest PLAIN =
      new CreateWorldRequest(null, null, null, null, null, null, null, null, null, null, null);

  /**
   * @param name of a further principal, the last part of its DID
   * @param balance decimal string, CNY
   * @param cardLimit decimal string, CNY
   * @param priceDeviationTolerance per cent, see {@link PriceTolerance}
   * @param priceDeviationAction PAUSE_AND_NOTIFY or AUTO_CANCEL
   * @param askEveryPayment confirm also what was delegated
   */
  public record Principal(
      @Nullable String name,
      @Nullable String lang,
      @Nullable String homeCity,
      @Nullable String shipTo,
      @Nullable BigDecimal balance,
      @Nullable BigDecimal cardLimit,
      @Nullable BigDecimal priceDeviationTolerance,
      @Nullable String priceDeviationAction,
      @Nullable Boolean askEveryPayment) {}

  /**
   * @param machine what the machine's clock shows
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

  /** The key secret is for no log. */
  @Override
  public String toString() {
    return "WorldOrder[name=" + name + "]";
  }

  private WorldSettings settings() {
    var settings = WorldSettings.of(PrincipalRequestReader.first(principal));
    if (agent != null) {
      settings = settings.with(kind(agent));
    }
    if (model != null) {
      settings = settings.with(model(model));
    }
    if (principals != null) {
      settings =
          settings.withFurtherPrincipals(
              PrincipalRequestReader.further(principals, settings.agentKind()));
    }
    if (merchants != null) {
      settings = settings.withMerchants(MerchantSelection.ids(merchants));
    }
    if (proofVerification != null) {
      settings = settings.with(verification(proofVerification));
    }
    return mutants == null ? settings : settings.with(Mutants.checked(mutants));
  }

  private static ModelChoice model(String wished) {
    return ModelChoice.ofCode(wished)
        .orElseThrow(
            () -> PrincipalRequestReader.invalid("model", "built-in or configured", wished));
  }

  private static ProofVerification verification(String wished) {
    return ProofVerification.ofCode(wished)
        .orElseThrow(
            () ->
                PrincipalRequestReader.invalid("proof_verification", "online or offline", wished));
  }

  private static AgentKind kind(String wished) {
    return AgentKind.ofCode(wished)
        .orElseThrow(
            () -> PrincipalRequestReader.invalid("agent", "platform or dedicated", wished));
  }
}
