package org.actsandbox.web.console.delegations;

import java.util.Set;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.web.console.form.FormFields;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.port.MerchantReader;
import org.actsandbox.web.console.principal.ConsoleApiClient;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;

/**
 * Is the page on which a reader drafts a delegation by hand. The demo agent submits it as it does
 * after a conversation, and the principal then decides about it like about any other request.
 */
@Controller
@RequestMapping("/console/{world}/delegations/new")
class DelegationDraftPage {

  private static final Set<String> MODES = Set.of("SPECIFIED", "BOUNDED");

  private final ConsoleApiClient consoleApiClient;
  private final MerchantReader merchantReader;

  DelegationDraftPage(ConsoleApiClient consoleApiClient, MerchantReader merchantReader) {
    this.consoleApiClient = consoleApiClient;
    this.merchantReader = merchantReader;
  }

  @GetMapping
  Rendering empty(PageRequest pageRequest) {
    return page(
            pageRequest, DelegationDraftForm.withDefaults(pageRequest.world().clock().instant()))
        .show();
  }

  @PostMapping
  Rendering draft(PageRequest pageRequest, FormFields fields) {
    var world = pageRequest.world();
    var mode = fields.first("delegation_mode");
    if (mode != null && !MODES.contains(mode)) {
      throw new Refusal(Problem.INVALID_FIELD, "there is no such mode")
          .at("delegation_mode")
          .expected("SPECIFIED or BOUNDED");
    }
    var form = new DelegationDraftForm(fields.fields());
    var now = world.clock().instant();
    // A draft with errors gets no id, so that it does not use up one of the world's numbers.
    var draft = form.isr("I-draft", world.agent(), now);
    if (!form.errors().isEmpty()) {
      return page(pageRequest, form).status(422).show();
    }
    var intentId = world.ids().next("I");
    draft.put("intent_id", intentId);
    var message = Json.object();
    message.set("isr", draft);
    message.put("timestamp", now.toString());
    if (world.principals().hasSeveral()) {
      message.put("principal_id", pageRequest.principal().did().orElseThrow().value());
    }
    consoleApiClient.post(
        world,
        new Caller(Role.AGENT, null),
        "/delegations/intents",
        SignedJson.sign(message, world.signer(world.agent())));
    return pageRequest.redirect(DelegationQueries.confirmationPath(world, intentId));
  }

  private PageRequest.PageBuilder page(PageRequest pageRequest, DelegationDraftForm form) {
    var profiles = merchantReader.profiles(pageRequest.world());
    return pageRequest
        .page("console/delegation-new", "delegations")
        .with("form", form)
        .with("merchants", profiles)
        .with(
            "categories",
            profiles.stream().map(profile -> profile.kind().code()).distinct().toList());
  }
}
