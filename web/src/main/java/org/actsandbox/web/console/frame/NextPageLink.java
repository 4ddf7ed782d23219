package org.actsandbox.web.console.frame;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/** Makes the address of the next page of a list. */
public final class NextPageLink {

  private NextPageLink() {}

  /**
   * Returns the address of the request with {@code cursor} in place of its own cursor; null after
   * the last page.
   */
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
