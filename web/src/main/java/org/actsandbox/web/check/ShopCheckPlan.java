package org.actsandbox.web.check;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.sandbox.external.ExternalMerchant;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.scenarios.check.model.CheckLevel;
import org.actsandbox.scenarios.check.run.CheckConfig;
import org.actsandbox.scenarios.check.run.CheckSession;
import org.actsandbox.scenarios.check.suite.MerchantSuite;
import org.actsandbox.web.check.alipay.AlipayShopCheck;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says what a check does, as far as the request decides it.
 *
 * @param outside address of a merchant from outside; null for one of the sandbox's own, which is
 *     checked in a world that is made for it
 * @param checks number of checks that it has
 */
record ShopCheckPlan(
    String merchant,
    Text name,
    @Nullable URI outside,
    CheckProfile profile,
    CheckLevel level,
    List<String> only,
    CheckConfig config,
    CheckSession.Limits limits,
    int checks) {

  /** Lists the sets of rules by which a merchant is judged. */
  enum CheckProfile {
    ACT,
    /** Pay per use in Alipay's form (docs/alipay.md). */
    ALIPAY;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final int DEFAULT_CALL_SECONDS = 10;
  static final int MAX_CALL_SECONDS = 60;
  private static final int DEFAULT_LIMIT_SECONDS = 300;
  static final int MAX_LIMIT_SECONDS = 600;
  private static final int MAX_ONLY = 50;

  /**
   * Reads a request.
   *
   * @throws Refusal {@code invalid_field}, {@code not_found} for an unknown merchant
   */
  static ShopCheckPlan of(World world, ShopCheckRequest request) {
    MistakeCollector.checkValues(request);
    var id = request.merchant() == null ? "" : request.merchant();
    var external = world.externalMerchants().get(id);
    var mock = world.settings().roster().stream().filter(each -> each.id().equals(id)).findFirst();
    if (external.isEmpty() && mock.isEmpty()) {
      throw new Refusal(Problem.NOT_FOUND, "no merchant of this world has that id")
          .at("merchant")
          .observed(id)
          .remedy("Add it with POST /api/worlds/%s/merchants.".formatted(world.name()));
    }
    var profile = profile(request);
    if (profile == CheckProfile.ALIPAY && external.isEmpty()) {
      throw new Refusal(Problem.INVALID_FIELD, "the merchants of the sandbox sell in ACT's form")
          .at("merchant")
          .expected("a merchant from outside")
          .observed(id)
          .remedy("Add yours with POST /api/worlds/%s/merchants.".formatted(world.name()));
    }
    var level = profile == CheckProfile.ALIPAY ? CheckLevel.GATE : level(request, external);
    var only = request.only() == null ? List.<String>of() : request.only();
    if (only.size() > MAX_ONLY) {
      throw new Refusal(Problem.INVALID_FIELD, "the filter has too many words")
          .at("only")
          .expected("at most " + MAX_ONLY);
    }
    int checks =
        (profile == CheckProfile.ALIPAY
                ? AlipayShopCheck.select(only)
                : MerchantSuite.select(level, only))
            .size();
    if (checks == 0) {
      throw new Refusal(Problem.INVALID_FIELD, "the filter selects no check of this level")
          .at("only")
          .expected("rules such as CID-8, checks such as bill.signature, or areas such as proof")
          .observed(String.join(", ", only));
    }
    return new ShopCheckPlan(
        id,
        external
            .map(ExternalMerchant::name)
            .orElseGet(() -> mock.map(MerchantProfile::name).orElseThrow()),
        external.map(ExternalMerchant::url).orElse(null),
        profile,
        level,
        only,
        config(request.config(), external, level),
        new CheckSession.Limits(
            seconds(request.callSeconds(), DEFAULT_CALL_SECONDS),
            seconds(request.limitSeconds(), DEFAULT_LIMIT_SECONDS)),
        checks);
  }

  /** Returns the word under which results are kept, so that runs are compared with their like. */
  String kind() {
    return profile == CheckProfile.ALIPAY ? profile.code() : level.code();
  }

  /** Returns the address that is paid for; empty if the merchant was added without one. */
  Optional<URI> resource() {
    var url = config.content().at("/resource/url").asString("");
    try {
      return url.isEmpty() ? Optional.empty() : Optional.of(URI.create(url));
    } catch (IllegalArgumentException noAddress) {
      throw new Refusal(Problem.INVALID_FIELD, "the address of the resource cannot be read")
          .at("config.resource.url")
          .observed(url);
    }
  }

  private static CheckProfile profile(ShopCheckRequest request) {
    var said = request.profile() == null ? CheckProfile.ACT.code() : request.profile();
    for (var profile : CheckProfile.values()) {
      if (profile.code().equals(said)) {
        return profile;
      }
    }
    throw new Refusal(Problem.INVALID_FIELD, "there is no such profile")
        .at("profile")
        .expected("act or alipay")
        .observed(said);
  }

  private static CheckLevel level(ShopCheckRequest request, Optional<ExternalMerchant> external) {
    var said =
        request.level() == null
            ? external.map(each -> each.level().code()).orElse(CheckLevel.SHOP.code())
            : request.level();
    return CheckLevel.valueOf(said.toUpperCase(Locale.ROOT));
  }

  /** The resource of a gate is the one with which it was added, unless the request names one. */
  private static CheckConfig config(
      @Nullable JsonNode given, Optional<ExternalMerchant> external, CheckLevel level) {
    var read = given == null ? CheckConfig.EMPTY : read(given);
    var content = (ObjectNode) read.content().deepCopy();
    if (level == CheckLevel.GATE
        && external.isPresent()
        && content.at("/resource/url").isMissingNode()) {
      var gate = external.get();
      content.withObject("/resource").put("url", gate.at(gate.resource()).toString());
    }
    return new CheckConfig(content, read.known());
  }

  /**
   * Reads the configuration of a check.
   *
   * @throws Refusal {@code invalid_field}
   */
  static CheckConfig read(JsonNode given) {
    try {
      return CheckConfig.parse("config", Json.bytes(given));
    } catch (CheckConfig.Invalid invalid) {
      throw new Refusal(Problem.INVALID_FIELD, Objects.toString(invalid.getMessage(), "invalid"))
          .at("config")
          .expected("an object as in docs/check-merchant.md");
    }
  }

  private static Duration seconds(@Nullable Integer given, int other) {
    return Duration.ofSeconds(given == null ? other : given);
  }
}
