package org.actsandbox.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.WorldSettings;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.web.console.browser.ConsoleServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the console of a world in which some merchants do not take part. */
class FewMerchantsConsoleTests {

  private final ConsoleServer server = ConsoleServer.shared();

  private World world(String name, String... merchants) {
    return server
        .bean(Worlds.class)
        .create(
            new Worlds.NewWorld(
                null, "few " + name, WorldSettings.DEFAULT.withMerchants(List.of(merchants))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"merchants", "for-merchants", "for-builders", "worlds", "journal"})
  void pagesNameOnlyMerchantsThatTakePart(String page) throws Exception {
    var world = world(page, "gotrip-rail", "tickwell");
    var answer = get("/console/" + world.name() + "/" + page);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("GoTrip Rail", "Tickwell Data")
        .doesNotContain("RailEast", "/raileast", "Luma Mart", "luma-mart", "bazaar88");
  }

  @Test
  void theWorldsPageSaysIfNotAllMerchantsTakePart() throws Exception {
    var few = world("said", "raileast");
    assertThat(get("/console/" + few.name() + "/worlds").body()).contains("few-merchants");
    assertThat(get("/console/demo/worlds").body()).doesNotContain("few-merchants");
  }

  @Test
  void theCatalogOfAnAbsentMerchantIsNotFound() throws Exception {
    var world = world("catalog", "raileast");
    assertThat(get("/console/" + world.name() + "/merchants/bazaar88").statusCode()).isEqualTo(404);
  }

  /** The commands on the page for merchants work. */
  @Test
  void theExamplesOfTheGuideWork() throws Exception {
    var world = world("examples", "pagepress");
    for (var path :
        new String[] {
          "/merchants/pagepress/.well-known/agent-card.json", "/merchants/pagepress/catalog?limit=3"
        }) {
      assertThat(get("/console/" + world.name() + "/for-merchants").body()).contains(path);
      assertThat(get("/w/" + world.name() + path).statusCode()).as(path).isEqualTo(200);
    }
  }

  private HttpResponse<String> get(String path) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(server.origin() + path))
              .header("Cookie", server.cookie())
              .header("Accept", path.startsWith("/w/") ? "application/json" : "text/html")
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }
}
