package org.actsandbox.web.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.actsandbox.web.console.frame.PageSection;
import org.junit.jupiter.api.Test;
import org.springframework.http.server.PathContainer;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Tests that every page of the console is examined in a browser, on a phone and on a large screen,
 * light and dark, in both languages. A new page fails here until it is in one of the lists.
 */
class PageContractTests {

  /** Addresses of which {@link PagesBrowserTests} examines at least one page. */
  static final List<String> PHOTOGRAPHED =
      List.of(
          "/",
          "/rules",
          "/errors",
          "/console/{world}/check-shop",
          "/console/{world}/check-shop/{id}",
          "/shared/check/{token}",
          "/shared/grade/{token}",
          "/console/{world}/own-shop",
          "/console/{world}/own-shop/{id}",
          "/console/{world}/own-shop/{id}/first-sale",
          "/console/login",
          "/console/{world}/alipay",
          "/console/{world}/alipay/{app}",
          "/console/{world}/comparisons",
          "/console/{world}/comparisons/{code}",
          "/console/{world}/connect",
          "/console/{world}/connect/agents",
          "/console/{world}/connect/first-mission",
          "/console/{world}/credit",
          "/console/{world}/credit/{service}",
          "/console/{world}/delegations",
          "/console/{world}/delegations/new",
          "/console/{world}/delegations/{id}",
          "/console/{world}/delegations/{id}/payments",
          "/console/{world}/disputes",
          "/console/{world}/doctor",
          "/console/{world}/disputes/{id}",
          "/console/{world}/evidence",
          "/console/{world}/evidence/bundle",
          "/console/{world}/evidence/chain",
          "/console/{world}/evidence/lab",
          "/console/{world}/evidence/orders/{orderNo}",
          "/console/{world}/evidence/records/{id}",
          "/console/{world}/figures",
          "/console/{world}/for-builders",
          "/console/{world}/for-merchants",
          "/console/{world}/grades",
          "/console/{world}/grades/{run}",
          "/console/{world}/grades/{run}/{mission}",
          "/console/{world}/grades/{run}/{mission}/play/{attempt}",
          "/console/{world}/journal",
          "/console/{world}/journal/{seq}",
          "/console/{world}/knowledge",
          "/console/{world}/merchants",
          "/console/{world}/merchants/{merchant}",
          "/console/{world}/merchants/{merchant}/holds",
          "/console/{world}/merchants/{merchant}/items/{item}",
          "/console/{world}/mutants",
          "/console/{world}/orders",
          "/console/{world}/orders/{merchant}/{orderNo}",
          "/console/{world}/play",
          "/console/{world}/runs/{id}",
          "/console/{world}/scenarios",
          "/console/{world}/scenarios/new",
          "/console/{world}/scenarios/{name}",
          "/console/{world}/scenarios/{name}/change",
          "/console/{world}/session",
          "/console/{world}/shares",
          "/console/{world}/show",
          "/console/{world}/show/notes",
          "/console/{world}/sub-accounts",
          "/console/{world}/sub-accounts/{id}",
          "/console/{world}/tasks",
          "/console/{world}/try",
          "/console/{world}/try/{conversation}",
          "/console/{world}/wallet",
          "/console/{world}/wallet/bindings",
          "/console/{world}/wallet/bindings/{id}",
          "/console/{world}/webhooks",
          "/console/{world}/webhooks/deliveries/{id}",
          "/console/{world}/worlds",
          "/pay/{world}/{tradeNo}/{token}",
          "/shared/{token}",
          "/w/{world}/cashier/delegations/{intentId}",
          "/w/{world}/cashier/{tradeNo}");

  /** Addresses that answer no page of their own, or one that is examined elsewhere, and why. */
  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry("/cashier/delegations/{intentId}", "the page of the demo world"),
          Map.entry("/cashier/{tradeNo}", "the page of the demo world"),
          Map.entry("/console", "the same page as /"),
          Map.entry("/console/{world}", "the same page as /"),
          Map.entry("/console/{world}/payments/{tradeNo}/code", "a part of the cashier"),
          Map.entry("/console/{world}/payments/{tradeNo}/progress", "a part of the cashier"),
          Map.entry(
              "/console/{world}/comparisons/obeys/runs/{id}",
              "lasts until both agents have shopped; StagedAgentsBrowserTests looks at it"),
          Map.entry("/console/{world}/evidence/orders/{orderNo}/bundle", "a download"),
          Map.entry("/console/{world}/grades/{run}/files/{format}", "a download"),
          Map.entry(
              "/console/{world}/grades/{run}/{mission}/play/{attempt}/{seq}",
              "the parts of /console/{world}/journal/{seq}"),
          Map.entry(
              "/shared/grade/{token}/{mission}/play/{attempt}",
              "the page of a run of this machine"),
          Map.entry(
              "/shared/grade/{token}/{mission}/play/{attempt}/{seq}",
              "the parts of /console/{world}/journal/{seq}"),
          Map.entry("/shared/grade/{token}/files/{format}", "a download"),
          Map.entry("/console/{world}/journal/export", "a download"),
          Map.entry("/console/{world}/journal/take-away", "a file, played by TimelineBrowserTests"),
          Map.entry("/console/{world}/scenarios/{name}/file", "a download"),
          Map.entry("/console/{world}/session/file", "a download"),
          Map.entry("/console/{world}/show/{list}/{number}", "leads to the page of a stop"),
          Map.entry("/console/{world}/status", "a part of every page"),
          Map.entry("/console/{world}/tasks/{id}/report", "the document that a task delivers"),
          Map.entry("/console/{world}/try/for-intent/{intentId}", "leads to a conversation"),
          Map.entry("/console/{world}/try/for/{tradeNo}", "leads to a conversation"),
          Map.entry("/console/{world}/try/{conversation}/choice", "a part of a conversation"),
          Map.entry("/console/{world}/check-shop/{id}/report/{format}", "a download"),
          Map.entry("/shared/check/{token}/{format}", "a download"),
          Map.entry("/console/{world}/own-shop/{id}/starter/{starter}", "a download"),
          Map.entry("/scenarios", "leads to the scenarios of a world"),
          Map.entry("/shared/{token}/{seq}", "the parts of /console/{world}/journal/{seq}"));

  @Test
  void everyPageIsExaminedInABrowser() {
    var mapping = ConsoleServer.shared().bean(RequestMappingHandlerMapping.class);
    var served =
        mapping.getHandlerMethods().entrySet().stream()
            .filter(each -> each.getValue().getBeanType().getName().contains(".web.console."))
            .map(Map.Entry::getKey)
            .filter(info -> info.getMethodsCondition().getMethods().contains(RequestMethod.GET))
            // Live streams and documents have a type of their own.
            .filter(info -> info.getProducesCondition().isEmpty())
            .flatMap(info -> info.getPatternsCondition().getPatterns().stream())
            .map(pattern -> pattern.getPatternString())
            .distinct();

    assertThat(served)
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(PHOTOGRAPHED.stream(), OTHERS.keySet().stream()).toList());
  }

  @Test
  void everySectionOfTheNavigationHasAPage() {
    assertThat(PageSection.values())
        .allMatch(
            section -> PHOTOGRAPHED.contains(path(section)) || OTHERS.containsKey(path(section)));
  }

  private static String path(PageSection section) {
    return "/console/{world}/" + section.code();
  }

  /**
   * Tells whether an address is one of a pattern.
   *
   * @param address path with or without a query
   */
  static boolean is(String pattern, String address) {
    return PathPatternParser.defaultInstance
        .parse(pattern)
        .matches(PathContainer.parsePath(address.replaceFirst("[?#].*", "")));
  }
}
