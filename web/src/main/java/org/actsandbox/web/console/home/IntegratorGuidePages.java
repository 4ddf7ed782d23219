package org.actsandbox.web.console.home;

import java.util.ArrayList;
import java.util.List;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.MerchantRoster;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.words.PageText;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;

/** Shows merchants and agent builders their addresses, keys and working commands. */
@Controller
class IntegratorGuidePages {

  @GetMapping("/console/{world}/for-merchants")
  Rendering merchants(PageRequest pageRequest) {
    var world = pageRequest.world();
    var pageText = pageRequest.words();
    var accesses = new ArrayList<>(merchantAccesses(world, pageText, true));
    var first = world.settings().roster().getFirst();
    accesses.add(
        access(
            pageText.say("guide.psp.as", pageText.text(first.name())),
            world,
            "/psp",
            Role.MERCHANT,
            first.did()));
    var key = world.roleKey(Role.MERCHANT, first.did());
    var at = "/merchants/" + first.id();
    var examples =
        List.of(
            get("card", world, at + "/.well-known/agent-card.json", null),
            catalog(world, MerchantRoster.LUMA_MART, "charger"),
            get("orders", world, at + "/orders?limit=5", key),
            get("keys", world, "/psp/.well-known/jwks.json", null));
    return page(pageRequest, new IntegratorGuide("merchant", accesses, examples));
  }

  @GetMapping("/console/{world}/for-builders")
  Rendering builders(PageRequest pageRequest) {
    var world = pageRequest.world();
    var pageText = pageRequest.words();
    var accesses = new ArrayList<IntegratorGuide.Access>();
    accesses.add(access(pageText.say("guide.psp"), world, "/psp", Role.AGENT, null));
    accesses.add(
        access(pageText.say("guide.agent"), world, "/agents/demo-agent", Role.AGENT, null));
    accesses.add(
        access(pageText.say("guide.principal"), world, "/psp/wallet", Role.PRINCIPAL, null));
    accesses.add(
        new IntegratorGuide.Access(
            pageText.say("guide.operator"), journal(world), world.roleKey(Role.OPERATOR, null)));
    accesses.addAll(merchantAccesses(world, pageText, false));
    var principal = world.roleKey(Role.PRINCIPAL, null);
    var examples =
        List.of(
            catalog(world, MerchantRoster.RAILEAST, "Shanghai"),
            get("instruments", world, "/psp/instruments", world.roleKey(Role.AGENT, null)),
            new IntegratorGuide.Example(
                "talk",
                "curl -s -X POST '%s' \\\n  -H 'Authorization: Bearer %s' \\\n  -H 'Content-Type: application/json' -d '{}'"
                    .formatted(world.at("/agents/demo-agent/conversations"), principal),
                null),
            new IntegratorGuide.Example(
                "journal",
                "curl -s '%s?limit=5' \\\n  -H 'Authorization: Bearer %s'"
                    .formatted(journal(world), world.roleKey(Role.OPERATOR, null)),
                null));
    return page(pageRequest, new IntegratorGuide("builder", accesses, examples));
  }

  private static Rendering page(PageRequest pageRequest, IntegratorGuide integratorGuide) {
    return pageRequest.page("console/guide", "home").with("guide", integratorGuide).show();
  }

  private static List<IntegratorGuide.Access> merchantAccesses(
      World world, PageText pageText, boolean withKeys) {
    var accesses = new ArrayList<IntegratorGuide.Access>();
    for (var merchant : world.settings().roster()) {
      var key = withKeys ? world.roleKey(Role.MERCHANT, merchant.did()) : "–";
      accesses.add(
          new IntegratorGuide.Access(
              pageText.text(merchant.name()),
              world.at("/merchants/" + merchant.id()).toString(),
              key));
    }
    return accesses;
  }

  private static IntegratorGuide.Access access(
      String name, World world, String path, Role role, @Nullable Did subject) {
    return new IntegratorGuide.Access(
        name, world.at(path).toString(), world.roleKey(role, subject));
  }

  /**
   * Makes an example that searches the usual merchant's catalog. Where that merchant does not take
   * part, the example lists the catalog of another one.
   */
  private static IntegratorGuide.Example catalog(
      World world, MerchantProfile usual, String searchWords) {
    var here = world.settings().roster();
    var path =
        here.contains(usual)
            ? "/merchants/%s/catalog?q=%s&limit=3".formatted(usual.id(), searchWords)
            : "/merchants/%s/catalog?limit=3".formatted(here.getFirst().id());
    return get("catalog", world, path, null);
  }

  private static IntegratorGuide.Example get(
      String name, World world, String path, @Nullable String key) {
    var header = key == null ? "" : " \\\n  -H 'Authorization: Bearer " + key + "'";
    var address = world.at(path).toString();
    return new IntegratorGuide.Example(
        name, "curl -s '" + address + "'" + header, key == null ? address : null);
  }

  private static String journal(World world) {
    var base = world.base().toString();
    var origin = base.substring(0, base.length() - "/w/".length() - world.name().length());
    return origin + "/api/worlds/" + world.name() + "/journal";
  }
}
