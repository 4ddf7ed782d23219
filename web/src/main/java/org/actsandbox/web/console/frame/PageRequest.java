package org.actsandbox.web.console.frame;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.web.console.words.PageText;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;

/** Represents one request to a page: its reader, language and world, and the ways to answer it. */
public final class PageRequest {

  private final ServerWebExchange exchange;
  private final PageText pageText;
  private final Worlds worlds;
  private final PageFrames pageFrames;
  private final String worldName;
  private @Nullable World world;

  PageRequest(
      ServerWebExchange exchange,
      PageText pageText,
      Worlds worlds,
      PageFrames pageFrames,
      String worldName) {
    this.exchange = exchange;
    this.pageText = pageText;
    this.worlds = worlds;
    this.pageFrames = pageFrames;
    this.worldName = worldName;
  }

  public PageText words() {
    return pageText;
  }

  public Locale locale() {
    return pageText.locale();
  }

  public ServerWebExchange exchange() {
    return exchange;
  }

  /**
   * Returns the world that the address names; blocks while the world is loaded.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code not_found} if there is no such world
   */
  public World world() {
    var found = world == null ? worlds.get(worldName) : world;
    world = found;
    return found;
  }

  /**
   * Returns the principal for whom the reader looks. Where a world has several principals, the
   * reader chooses one in the frame.
   */
  public Caller principal() {
    return ActingPrincipal.of(world(), exchange);
  }

  /**
   * Tells whether lists show the things of all principals. In a world with several principals they
   * show only those of the chosen one, unless the query asks for all.
   */
  public boolean showsAllPrincipals() {
    return !world().principals().hasSeveral() || "all".equals(query("of"));
  }

  public String worldName() {
    return worldName;
  }

  /** Tells whether the address names a world that does not exist (any more). */
  public boolean isWorldGone() {
    return !worlds.exists(worldName);
  }

  /** Returns the path of this world's pages, {@code /console/demo}. */
  public String here() {
    return "/console/" + worldName;
  }

  /** Tells whether htmx sent the request, which then needs only a fragment. */
  public boolean isPartial() {
    return "true".equals(exchange.getRequest().getHeaders().getFirst("HX-Request"));
  }

  /** Returns a query parameter; null if it is absent or blank. */
  public @Nullable String query(String name) {
    var value = exchange.getRequest().getQueryParams().getFirst(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  public PageRequest.PageBuilder page(String template, String section) {
    return new PageRequest.PageBuilder(template, section);
  }

  /** Renders a fragment without the frame around it, for htmx. */
  public Rendering fragment(String template, Map<String, ?> model) {
    return Rendering.view(template)
        .modelAttribute("words", pageText)
        .modelAttribute("frame", pageFrames.of(this, ""))
        .model(new HashMap<>(model))
        .build();
  }

  public Rendering redirect(String path) {
    return Rendering.redirectTo(path).status(HttpStatus.SEE_OTHER).build();
  }

  /**
   * Redirects to another page. For a request by htmx the whole browser window goes there, not only
   * an element.
   */
  public Rendering redirectPage(String path) {
    if (!isPartial()) {
      return redirect(path);
    }
    exchange.getResponse().getHeaders().set("HX-Redirect", path);
    return fragment("console/layout :: nothing", Map.of());
  }

  @Override
  public String toString() {
    return "PageRequest[" + exchange.getRequest().getPath() + "]";
  }

  /** Collects the attributes of a page with its frame while a controller fills it. */
  public final class PageBuilder {

    private final String template;
    private final String section;
    private final Map<String, Object> model = new HashMap<>();
    private HttpStatus status = HttpStatus.OK;

    private PageBuilder(String template, String section) {
      this.template = template;
      this.section = section;
    }

    public PageRequest.PageBuilder with(String name, @Nullable Object value) {
      if (value != null) {
        model.put(name, value);
      }
      return this;
    }

    public PageRequest.PageBuilder status(int code) {
      status =
          Objects.requireNonNullElse(HttpStatus.resolve(code), HttpStatus.INTERNAL_SERVER_ERROR);
      return this;
    }

    public Rendering show() {
      return Rendering.view(template)
          .status(status)
          .modelAttribute("words", pageText)
          .modelAttribute("frame", pageFrames.of(PageRequest.this, section))
          .model(model)
          .build();
    }
  }
}
