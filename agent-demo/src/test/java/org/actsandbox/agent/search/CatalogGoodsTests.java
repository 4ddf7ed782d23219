package org.actsandbox.agent.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.actsandbox.agent.AgentTestWorld;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.wire.AgentHttpClient;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests reading a catalog that has several pages. */
class CatalogGoodsTests {

  private static final Instant NOW = Instant.parse("2026-03-02T01:00:00Z");
  private static final int PER_PAGE = 200;
  private static final ShopWish TEA =
      new ShopWish("tea", null, null, List.of(), 1, null, null, null, List.of(), null, null);

  private int entries;
  private boolean repeatsItself;

  /** The wished goods stand last in the catalog. */
  @ParameterizedTest
  @CsvSource({
    "1, true, 1",
    "200, true, 1",
    "201, true, 1",
    "999, true, 1",
    "1000, true, 1",
    "1001, false, 0"
  })
  void readsOnToTheEndOfTheCatalogOrSaysThatItDidNot(int inCatalog, boolean complete, int found) {
    entries = inCatalog;

    var goods = find();

    assertThat(goods.complete()).isEqualTo(complete);
    assertThat(goods.candidates()).hasSize(found);
  }

  @Test
  void readsACatalogThatNeverEndsOnlyInPart() {
    entries = PER_PAGE;
    repeatsItself = true;

    assertThat(find().complete()).isFalse();
  }

  private CatalogGoods.Found find() {
    var platform =
        new Platform(
            "teahouse",
            Did.of("teahouse"),
            MerchantKind.SHOP,
            Text.untranslated("Tea House"),
            URI.create("http://localhost:1/teahouse"));
    var world =
        AgentTestWorld.of(
            new JdbcDataSource(), () -> NOW, _ -> {}, this::answer, List.of(platform));
    return new CatalogGoods(world, new AgentHttpClient(world))
        .find(platform, "I1", TEA, () -> Duration.ofSeconds(5));
  }

  private OutboundClient.Answer answer(OutboundClient.Call call) {
    var query = String.valueOf(call.target().getQuery());
    int from =
        query.contains("cursor=") ? Integer.parseInt(query.replaceFirst(".*cursor=", "")) : 0;
    int to = Math.min(entries, from + PER_PAGE);
    var page = Json.object();
    var items = page.putArray("items");
    for (int at = from; at < to; at++) {
      var name = at == entries - 1 ? "Green tea" : "Coffee " + at;
      var item = items.addObject().put("id", "i" + at).put("price", "10.00").put("currency", "CNY");
      item.putObject("name").put("en", name).put("zh", name);
    }
    if (to < entries) {
      page.put("next", Integer.toString(to));
    } else if (repeatsItself) {
      page.put("next", "0");
    }
    return new OutboundClient.Answer(
        200, Map.of(), Json.write(page).getBytes(StandardCharsets.UTF_8));
  }
}
