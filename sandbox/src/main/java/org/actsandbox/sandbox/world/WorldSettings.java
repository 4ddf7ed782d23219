package org.actsandbox.sandbox.world;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.actsandbox.agent.PriceTolerance;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.MerchantRoster;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.sandbox.world.clock.ClockStart;
import org.jspecify.annotations.Nullable;

/**
 * Holds the settings that differ between worlds besides the seed: the principals and their property
 * at the start, the merchants that take part, and the defective participants. The first principal's
 * settings are fields of this record, as in rows of versions with one principal only.
 *
 * @param language {@code en} or {@code zh}; also the language of the world
 * @param homeCity start of trips for which the sentence names none
 * @param shipTo delivery address of parcels
 * @param balance start balance of the wallet in CNY
 * @param cardLimit limit of the bound card in CNY
 * @param mutants names from {@code sandbox.mutant.Mutants}, in the order in which they are applied;
 *     empty in an honest world, and absent in older rows
 * @param tolerance accepted rise of prices before a cart is confirmed; absent in older rows
 * @param asksEveryPayment whether delegated payments need a confirmation, too, until the principal
 *     changes it
 * @param agentKind kind of the buyer agent; absent in older rows
 * @param clock start of the clock, also after a reset; null for the machine's time, and in older
 *     rows
 * @param further principals besides the first; empty in most worlds, and absent in older rows
 * @param merchants ids of the merchants that take part; empty for all merchants, and absent in
 *     older rows
 * @param model language model of the buyer agent; absent in older rows
 * @param proofVerification how merchants verify proofs; absent in older rows
 * @param signingHelper whether the world signs for clients of its agent; null where that follows
 *     from the address that the server is bound to, and in older rows
 */
public record WorldSettings(
    String language,
    String homeCity,
    String shipTo,
    BigDecimal balance,
    BigDecimal cardLimit,
    List<String> mutants,
    PriceTolerance tolerance,
    Boolean asksEveryPayment,
    AgentKind agentKind,
    @Nullable ClockStart clock,
    List<PrincipalSettings> further,
    List<String> merchants,
    ModelChoice model,
    ProofVerification proofVerification,
    @Nullable Boolean signingHelper) {

  public static final WorldSettings DEFAULT =
      of(
          new PrincipalSettings(
              "principal",
              "en",
              "Hangzhou",
              "Wensan Road 90, Xihu District, Hangzhou",
              new BigDecimal("20000.00"),
              new BigDecimal("50000.00"),
              PriceTolerance.NONE,
              false));

  public WorldSettings(
      String language,
      String homeCity,
      String shipTo,
      BigDecimal balance,
      BigDecimal cardLimit,
      @Nullable List<String> mutants,
      @Nullable PriceTolerance tolerance,
      @Nullable Boolean asksEveryPayment,
      @Nullable AgentKind agentKind,
      @Nullable ClockStart clock,
      @Nullable List<PrincipalSettings> further,
      @Nullable List<String> merchants,
      @Nullable ModelChoice model,
      @Nullable ProofVerification proofVerification,
      @Nullable Boolean signingHelper) {
    this.language = language;
    this.homeCity = homeCity;
    this.shipTo = shipTo;
    this.balance = balance;
    this.cardLimit = cardLimit;
    this.mutants = mutants == null ? List.of() : List.copyOf(mutants);
    this.tolerance = tolerance == null ? PriceTolerance.NONE : tolerance;
    this.asksEveryPayment = asksEveryPayment != null && asksEveryPayment;
    this.agentKind = agentKind == null ? AgentKind.PLATFORM : agentKind;
    this.clock = clock;
    this.further = further == null ? List.of() : List.copyOf(further);
    this.merchants = merchants == null ? List.of() : List.copyOf(merchants);
    this.model = model == null ? ModelChoice.CONFIGURED : model;
    this.proofVerification =
        proofVerification == null ? ProofVerification.ONLINE : proofVerification;
    this.signingHelper = signingHelper;
  }

  /** Returns the settings of an honest world with one principal, on the machine's time. */
  public static WorldSettings of(PrincipalSettings first) {
    return new WorldSettings(
        first.language(),
        first.homeCity(),
        first.shipTo(),
        first.balance(),
        first.cardLimit(),
        List.of(),
        first.tolerance(),
        first.asksEveryPayment(),
        AgentKind.PLATFORM,
        null,
        List.of(),
        List.of(),
        ModelChoice.CONFIGURED,
        ProofVerification.ONLINE,
        null);
  }

  /** Returns all principals, the first one first. */
  public List<PrincipalSettings> principals() {
    return Stream.concat(Stream.of(first()), further.stream()).toList();
  }

  /**
   * Returns the settings of a principal.
   *
   * @throws IllegalArgumentException when the world has no such principal
   */
  public PrincipalSettings of(Did principal) {
    return principals().stream()
        .filter(each -> each.did().equals(principal))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(principal + " is no principal here"));
  }

  private PrincipalSettings first() {
    return new PrincipalSettings(
        World.PRINCIPAL.name(),
        language,
        homeCity,
        shipTo,
        balance,
        cardLimit,
        tolerance,
        asksEveryPayment);
  }

  /** Returns the merchants that take part, in the order of the roster. */
  public List<MerchantProfile> roster() {
    return merchants.isEmpty()
        ? MerchantRoster.all()
        : MerchantRoster.all().stream().filter(each -> merchants.contains(each.id())).toList();
  }

  /** Returns the merchant of this name, if it takes part. */
  public Optional<MerchantProfile> merchant(Did did) {
    return roster().stream().filter(each -> each.did().equals(did)).findFirst();
  }

  /** Returns these settings with other mutants. */
  public WorldSettings with(List<String> mutantNames) {
    return copy(
        mutantNames, agentKind, clock, further, merchants, model, proofVerification, signingHelper);
  }

  /** Returns these settings with another kind of buyer agent. */
  public WorldSettings with(AgentKind kind) {
    return copy(mutants, kind, clock, further, merchants, model, proofVerification, signingHelper);
  }

  /** Returns these settings with other principals besides the first. */
  public WorldSettings withFurtherPrincipals(List<PrincipalSettings> others) {
    return copy(
        mutants, agentKind, clock, others, merchants, model, proofVerification, signingHelper);
  }

  /** Returns these settings with these merchants and no others. */
  public WorldSettings withMerchants(List<String> merchantIds) {
    return copy(
        mutants, agentKind, clock, further, merchantIds, model, proofVerification, signingHelper);
  }

  /** Returns these settings with another model of the buyer agent. */
  public WorldSettings with(ModelChoice choice) {
    return copy(
        mutants, agentKind, clock, further, merchants, choice, proofVerification, signingHelper);
  }

  /** Returns these settings with another way in which merchants verify proofs. */
  public WorldSettings with(ProofVerification verification) {
    return copy(mutants, agentKind, clock, further, merchants, model, verification, signingHelper);
  }

  /** Returns these settings with the signing helper on or off. */
  public WorldSettings withSigningHelper(boolean isOn) {
    return copy(mutants, agentKind, clock, further, merchants, model, proofVerification, isOn);
  }

  /** Returns these settings with another start of the clock. */
  WorldSettings withClockStart(@Nullable ClockStart start) {
    return copy(
        mutants, agentKind, start, further, merchants, model, proofVerification, signingHelper);
  }

  private WorldSettings copy(
      List<String> mutantNames,
      AgentKind kind,
      @Nullable ClockStart start,
      List<PrincipalSettings> others,
      List<String> merchantIds,
      ModelChoice choice,
      ProofVerification verification,
      @Nullable Boolean isHelperOn) {
    return new WorldSettings(
        language,
        homeCity,
        shipTo,
        balance,
        cardLimit,
        mutantNames,
        tolerance,
        asksEveryPayment,
        kind,
        start,
        others,
        merchantIds,
        choice,
        verification,
        isHelperOn);
  }
}
