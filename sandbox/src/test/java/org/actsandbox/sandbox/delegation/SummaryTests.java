package org.actsandbox.sandbox.delegation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.Optional;
import org.actsandbox.protocol.delegation.Extension;
import org.actsandbox.protocol.delegation.Extension.Plan;
import org.actsandbox.protocol.delegation.Extension.VendorPrivate;
import org.actsandbox.protocol.delegation.IacPayload;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody is about to sign stands there in words (ACT ADD-2), not in the payload's form. */
class SummaryTests {

  private static final Instant FROM = Instant.parse("2026-01-05T00:00:00Z");

  private final Summary summary = new Summary(ZoneId.of("Asia/Shanghai"), _ -> Optional.empty());

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "P1D, every day, 每天一笔",
    "P3D, every 3 days, 每 3 天一笔",
    "P7D, every week, 每周一笔",
    "P14D, every 2 weeks, 每 2 周一笔",
    "P1M, every month, 每月一笔",
    "P1Y, every 12 months, 每 12 个月一笔",
    "P1M3D, every month and 3 days, 每 1 个月零 3 天一笔",
  })
  void aPlanIsTold(Period every, String en, String zh) {
    var line =
        summary.of(planned(new Plan(FROM, every, 2))).stream()
            .filter(each -> each.field().equals("ext.vendor_private.plan"))
            .findFirst()
            .orElseThrow()
            .text();

    assertThat(line.en())
        .startsWith("2 payments, the first on 2026-01-05 08:00, then " + en + ", the last on ");
    assertThat(line.zh()).contains("首笔 2026-01-05 08:00，此后" + zh + "，末笔 ");
  }

  private static IacPayload planned(Plan plan) {
    return new IacPayload(
        "D-1",
        "I-1",
        null,
        "did:act:principal",
        "did:act:demo-agent",
        null,
        FROM,
        FROM.plusSeconds(1),
        new BigDecimal("600.00"),
        null,
        null,
        null,
        null,
        null,
        new Extension(null, null, null, new VendorPrivate(null, plan)));
  }
}
