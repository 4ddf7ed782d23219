package org.actsandbox.web.console.frame;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/** Addresses of next pages. */
public final class NextPageLink {

  private NextPageLink() {}

  /** The visited page's address with {@code cursor} in place of its own; null after the last. */
  public static @Nullable String next(PageRequest pageRequest, @Nullable String cursor) {
    return cursor == null
        ? null
        : UriComponentsBuilder.fromUri(pageRequest.exchange().getRequest().getURI())
            .scheme(null)
            .host(null)
            .port(null)
            .replaceQueryParam("cursor", UriUtils.encode(cursor, StandardCharsets.UTF_8))
            .build(true)
            .toUriString();
  }
}
