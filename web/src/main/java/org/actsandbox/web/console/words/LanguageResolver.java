package org.actsandbox.web.console.words;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.SimpleLocaleContext;
import org.springframework.http.ResponseCookie;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.i18n.LocaleContextResolver;

/**
 * Finds the reader's language in the query parameter {@code lang}, then in the cookie, then in the
 * header {@code Accept-Language}; otherwise it is English.
 */
public final class LanguageResolver implements LocaleContextResolver {

  public static final List<Locale> ALL = List.of(Locale.ENGLISH, Locale.CHINESE);

  static final String PARAMETER = "lang";
  static final String COOKIE = "act_lang";
  private static final int LONGEST_ACCEPT = 200;

  /** Remembers in a cookie a language that the reader chose by a link. */
  public static void remember(ServerWebExchange exchange) {
    var chosen = named(exchange.getRequest().getQueryParams().getFirst(PARAMETER));
    if (chosen != null) {
      exchange
          .getResponse()
          .addCookie(
              ResponseCookie.from(COOKIE, chosen.getLanguage())
                  .path("/")
                  .sameSite("Strict")
                  .httpOnly(true)
                  .maxAge(Duration.ofDays(365))
                  .build());
    }
  }

  @Override
  public LocaleContext resolveLocaleContext(ServerWebExchange exchange) {
    return new SimpleLocaleContext(of(exchange));
  }

  public static Locale of(ServerWebExchange exchange) {
    var request = exchange.getRequest();
    var chosen = named(request.getQueryParams().getFirst(PARAMETER));
    if (chosen != null) {
      return chosen;
    }
    var cookie = request.getCookies().getFirst(COOKIE);
    var remembered = named(cookie == null ? null : cookie.getValue());
    return remembered != null
        ? remembered
        : accepted(request.getHeaders().getFirst("Accept-Language"));
  }

  private static Locale accepted(@Nullable String header) {
    if (header == null || header.length() > LONGEST_ACCEPT) {
      return Locale.ENGLISH;
    }
    try {
      var match = Locale.lookup(Locale.LanguageRange.parse(header), ALL);
      return match == null ? Locale.ENGLISH : match;
    } catch (IllegalArgumentException malformed) {
      return Locale.ENGLISH;
    }
  }

  private static @Nullable Locale named(@Nullable String language) {
    return ALL.stream().filter(l -> l.getLanguage().equals(language)).findFirst().orElse(null);
  }

  @Override
  public void setLocaleContext(ServerWebExchange exchange, @Nullable LocaleContext context) {
    throw new UnsupportedOperationException("the language is chosen by ?lang");
  }
}
