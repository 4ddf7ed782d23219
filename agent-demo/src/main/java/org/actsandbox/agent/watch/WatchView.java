package org.actsandbox.agent.watch;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.actsandbox.agent.delegation.DelegatedAuthority;
import org.actsandbox.agent.language.Directive;
import org.actsandbox.agent.language.Wish;
import org.jspecify.annotations.Nullable;

/**
 * A watch as its principal sees it; the fields are those of {@link Watch}, without the version of
 * its row.
 */
public record WatchView(
    String watchId,
    String conversationId,
    @JsonProperty("language") String lang,
    String intentId,
    WatchState state,
    List<Wish> wishes,
    Directive directive,
    Instant createdAt,
    Instant until,
    @Nullable String confirmUrl,
    @Nullable DelegatedAuthority delegated,
    Watch.Progress progress) {

  public WatchView {
    wishes = List.copyOf(wishes);
  }

  static WatchView of(Watch watch) {
    return new WatchView(
        watch.watchId(),
        watch.conversationId(),
        watch.lang(),
        watch.intentId(),
        watch.state(),
        watch.wishes(),
        watch.directive(),
        watch.createdAt(),
        watch.until(),
        watch.confirmUrl(),
        watch.delegated(),
        watch.progress());
  }
}
