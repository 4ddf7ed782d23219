package org.actsandbox.web.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.web.cli.server.Terminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/** Tests the table of offers that the demo prints in a terminal. */
@ExtendWith(OutputCaptureExtension.class)
class DemoOffersTests {

  private static JsonNode offer(String merchant, String title) {
    return Json.object()
        .put("merchant_name", merchant)
        .put("title", title)
        .put("total", "73.00")
        .put("currency", "CNY");
  }

  @Test
  void theTimesOfATrainAreWholeAndThePricesAreInOneColumn(CapturedOutput output) {
    var dear = "G7502 杭州东 → 上海虹桥 11月30日 周一 06:02–06:47，二等座";
    var english = "G7502 Hangzhou East → Shanghai Hongqiao, Mon 30 Nov 06:02–06:47, second class";
    DemoOffers.table(new Terminal(false), List.of(offer("东方铁路", dear), offer("RailEast", english)));

    assertThat(output.getOut().lines())
        .containsExactly(
            " 1   东方铁路       " + dear + "             ¥73.00  ",
            " 2   RailEast       "
                + "G7502 Hangzhou East → Shanghai Hongqiao, Mon 30 Nov 06:02–06:47…      ¥73.00  ");
  }
}
