package org.actsandbox.web.console.credit;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.buyer.BuyerPolicies;
import org.actsandbox.protocol.commerce.Deposit;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.decoder.EntryNarrator;
import org.actsandbox.web.console.form.FormFields;
import org.actsandbox.web.console.frame.NextPageLink;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.frame.PathId;
import org.actsandbox.web.console.port.CreditReader;
import org.actsandbox.web.console.principal.ConsoleApiClient;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;
import tools.jackson.databind.JsonNode;

/**
 * Shows a principal its statements, associations and query authorizations, and who asked when. All
 * orders go over the HTTP API that all clients use.
 */
@Controller
@RequestMapping("/console/{world}/credit")
class CreditPages {

  private static final String TEMPLATE = "console/credit";
  private static final Set<String> TRY_AGAIN =
      Set.of("pin_wrong", "pin_locked", "invalid_field", "approval_mismatch", "association_state");

  private final ConsoleApiClient consoleApiClient;
  private final CreditReader creditReader;

  CreditPages(ConsoleApiClient consoleApiClient, CreditReader creditReader) {
    this.consoleApiClient = consoleApiClient;
    this.creditReader = creditReader;
  }

  @GetMapping
  Rendering show(PageRequest pageRequest) {
    return show(pageRequest, null);
  }

  private Rendering show(PageRequest pageRequest, @Nullable String refused) {
    var world = pageRequest.world();
    var principal = pageRequest.principal().did().orElseThrow();
    var asked = creditReader.asked(world, pageRequest.principal(), pageRequest.query("cursor"));
    var page =
        pageRequest
            .page(TEMPLATE, "delegations")
            .with("statements", creditReader.statements(world, principal))
            .with("waiting", creditReader.waiting(world, principal))
            .with("pending", creditReader.pending(world, principal))
            .with("associations", creditReader.associations(world, principal))
            .with("authorizations", creditReader.authorizations(world, principal))
            .with("asked", asked.items())
            .with("next", NextPageLink.next(pageRequest, asked.next()))
            .with("merchants", hotels(world))
            .with("narrator", new EntryNarrator(pageRequest.words()))
            .with("here", pageRequest.here())
            .with("refused", refused)
            .with("done", pageRequest.query("done"));
    if (refused != null) {
      page.status(422);
    }
    return page.show();
  }

  /** Returns the merchants for which a deposit is usual. */
  private static List<MerchantProfile> hotels(World world) {
    return world.settings().roster().stream()
        .filter(merchant -> merchant.kind().code().equals("hotel"))
        .toList();
  }

  /** Applies for a credential of the world's agent; the page then asks for the PIN. */
  @PostMapping("/applications")
  Rendering apply(PageRequest pageRequest, FormFields form) {
    var world = pageRequest.world();
    var now = world.clock().instant();
    boolean services = chosen(form, "use", "").equals(BuyerPolicies.PURPOSE);
    var application =
        Json.object()
            .put("applicationId", world.ids().next("AA"))
            .put("messageVersion", "reference-v1")
            .put("subjectId", pageRequest.principal().did().orElseThrow().value())
            .put("agentId", world.agent().value())
            .put("associationRole", "OPERATOR")
            .put("confirmationMethod", chosen(form, "method", "ATTESTED_CONFIRMATION"))
            .put("issuerId", World.CREDIT_ISSUER.value())
            .put("purpose", services ? BuyerPolicies.PURPOSE : Deposit.PURPOSE)
            .put("authorizationMode", "PLATFORM_DELEGATED")
            .put("requestedAt", now.toString())
            .put("validFrom", now.toString())
            .put("expiresAt", now.plus(Duration.ofDays(365)).toString());
    application
        .putArray("relationshipEvidenceRefs")
        .add("urn:act:register:" + world.agent().name());
    application.putArray("scope").add(services ? "kind:service" : "kind:hotel");
    application.putObject("antiReplay").put("nonce", "console-" + world.ids().next("NONCE"));
    consoleApiClient.post(
        world, pageRequest.principal(), "/credit-issuer/v1/association-applications", application);
    return pageRequest.redirect(pageRequest.here() + "/credit?done=applied");
  }

  @PostMapping("/applications/{id}/{decision:approve|decline}")
  Rendering decide(
      PageRequest pageRequest,
      @PathVariable String id,
      @PathVariable String decision,
      FormFields form) {
    requireId(id);
    var wish = new HashMap<String, String>();
    wish.put("decision", decision.equals("approve") ? "APPROVE" : "DECLINE");
    copy(form, wish, "digest", "pin");
    return posted(
        pageRequest, "/credit/applications/" + id + "/confirmation", wish, decision + "d");
  }

  /** Decides about a request for credit that waits for exactly this. */
  @PostMapping("/waiting/{id}/{decision:approve|decline}")
  Rendering confirm(
      PageRequest pageRequest,
      @PathVariable String id,
      @PathVariable String decision,
      FormFields form) {
    requireId(id);
    var wish = new HashMap<String, String>();
    wish.put("decision", decision.equals("approve") ? "APPROVE" : "DECLINE");
    copy(form, wish, "digest", "pin");
    return posted(
        pageRequest,
        "/credit-verifier/authorizations/waiting/" + id,
        wish,
        decision.equals("approve") ? "confirmed" : "declined");
  }

  @PostMapping("/associations/{id}/{move:suspend|resume|revoke}")
  Rendering move(
      PageRequest pageRequest,
      @PathVariable String id,
      @PathVariable String move,
      FormFields form) {
    requireId(id);
    var wish = new HashMap<String, String>();
    copy(form, wish, "pin");
    return posted(pageRequest, "/credit/associations/" + id + "/" + move, wish, move);
  }

  /** Lets a hotel ask, within a frequency and for a month; the PIN signs what the form says. */
  @PostMapping("/authorizations")
  Rendering authorize(PageRequest pageRequest, FormFields form) {
    var world = pageRequest.world();
    var merchant = chosen(form, "merchant", "");
    if (hotels(world).stream().noneMatch(each -> each.id().equals(merchant))) {
      throw new Refusal(Problem.INVALID_FIELD, "there is no such hotel").at("merchant");
    }
    var wish = Json.object();
    wish.set(
        "authorization",
        wish(world, Did.of(merchant), chosen(form, "most", "5"), world.clock().instant()));
    try {
      var draft =
          consoleApiClient.post(
              world, pageRequest.principal(), "/credit-verifier/authorizations/drafts", wish);
      var grant = new HashMap<String, Object>();
      grant.put("content", draft.path("content"));
      grant.put("digest", draft.path("digest").asString());
      grant.put("pin", String.valueOf(form.first("pin")));
      consoleApiClient.post(
          world, pageRequest.principal(), "/credit-verifier/authorizations", grant);
    } catch (UnexpectedReply refusal) {
      return again(pageRequest, refusal);
    }
    return pageRequest.redirect(pageRequest.here() + "/credit?done=authorized");
  }

  private static JsonNode wish(World world, Did hotel, String most, Instant now) {
    int number = most.matches("[1-9][0-9]?") ? Integer.parseInt(most) : 0;
    if (number == 0) {
      throw new Refusal(Problem.INVALID_FIELD, "how often is 1 to 99 an hour").at("most");
    }
    return Json.tree(
        Map.of(
            "mode", "PLATFORM_DELEGATED",
            "platformDelegateId", hotel.value(),
            "relyingPartyIds", List.of(hotel.value()),
            "agentIds", List.of(world.agent().value()),
            "purpose", "HOTEL_DEPOSIT",
            "allowedDataItems", List.of("associatedCreditValue", "mappingPolicy"),
            "expiresAt", now.plus(Duration.ofDays(30)).toString(),
            "frequencyLimit", Map.of("maxRequestsPerWindow", number, "windowDurationSeconds", 3600),
            "resultUseRestrictions", Map.of("mayStore", false, "mayTransfer", false)));
  }

  @PostMapping("/authorizations/{id}/revoke")
  Rendering revoke(PageRequest pageRequest, @PathVariable String id) {
    requireId(id);
    return posted(
        pageRequest, "/credit-verifier/authorizations/" + id + "/revoke", Map.of(), "unauthorized");
  }

  private Rendering posted(PageRequest pageRequest, String path, Object body, String done) {
    try {
      consoleApiClient.post(pageRequest.world(), pageRequest.principal(), path, body);
    } catch (UnexpectedReply refusal) {
      return again(pageRequest, refusal);
    }
    return pageRequest.redirect(pageRequest.here() + "/credit?done=" + done);
  }

  private Rendering again(PageRequest pageRequest, UnexpectedReply refusal) {
    if (!TRY_AGAIN.contains(refusal.code())) {
      throw refusal;
    }
    return show(pageRequest, refusal.code());
  }

  private static String chosen(FormFields form, String field, String otherwise) {
    var value = form.first(field);
    return value == null ? otherwise : value;
  }

  private static void copy(FormFields form, Map<String, String> into, String... fields) {
    for (var field : fields) {
      var value = form.first(field);
      if (value != null) {
        into.put(field, value);
      }
    }
  }

  private static void requireId(String id) {
    PathId.require(id, "thing here", "id");
  }
}
