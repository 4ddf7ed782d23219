package org.actsandbox.web.console.frame;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.web.console.words.Words;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;

/** One request to a page: who reads it, in which language, about which world. */
public final class Visit {

  private final ServerWebExchange exchange;
  private final Words words;
  private final Worlds worlds;
  private final Frames frames;
  private final String worldName;
  private @Nullable World world;

  Visit(ServerWebExchange exchange, Words words, Worlds worlds, Frames frames, String worldName) {
    this.exchange = exchange;
    this.words = words;
    this.worlds = worlds;
    this.frames = frames;
    this.worldName = worldName;
  }

  public Words words() {
    return words;
  }

  public Locale locale() {
    return words.locale();
  }

  public ServerWebExchange exchange() {
    return exchange;
  }

  /**
   * The world the address names; blocks while it is loaded.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code not_found}
   */
  public World world() {
    var found = world == null ? worlds.get(worldName) : world;
    world = found;
    return found;
  }

  /** On whose behalf the reader looks, chosen in the frame where a world has several principals. */
  public Caller you() {
    return You.of(world(), exchange);
  }

  /** Lists are the reader's own where a world has several principals, unless all are asked for. */
  public boolean isAboutEverybody() {
    return !world().principals().areSeveral() || "all".equals(query("of"));
  }

  public String worldName() {
    return worldName;
  }

  /** The address names a world that is not there (any more). */
  public boolean isWorldGone() {
    return worlds.find(worldName).isEmpty();
  }

  /** {@code /console/demo}: where this world's pages are. */
  public String here() {
    return "/console/" + worldName;
  }

  /** Asked for by htmx: a fragment is enough. */
  public boolean isPartial() {
    return "true".equals(exchange.getRequest().getHeaders().getFirst("HX-Request"));
  }

  /** A query parameter, blank counted as absent. */
  public @Nullable String query(String name) {
    var value = exchange.getRequest().getQueryParams().getFirst(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  public Page page(String template, String section) {
    return new Page(template, section);
  }

  /** A fragment without the frame around it, for htmx. */
  public Rendering fragment(String template, Map<String, ?> model) {
    return Rendering.view(template)
        .modelAttribute("words", words)
        .modelAttribute("frame", frames.of(this, ""))
        .model(new HashMap<>(model))
        .build();
  }

  public Rendering redirect(String path) {
    return Rendering.redirectTo(path).status(HttpStatus.SEE_OTHER).build();
  }

  /** To another page, also when htmx asked: the browser goes there instead of an element. */
  public Rendering leave(String path) {
    if (!isPartial()) {
      return redirect(path);
    }
    exchange.getResponse().getHeaders().set("HX-Redirect", path);
    return fragment("console/layout :: nothing", Map.of());
  }

  @Override
  public String toString() {
    return "Visit[" + exchange.getRequest().getPath() + "]";
  }

  /** A page with its frame, being filled. */
  public final class Page {

    private final String template;
    private final String section;
    private final Map<String, Object> model = new HashMap<>();
    private HttpStatus status = HttpStatus.OK;

    private Page(String template, String section) {
      this.template = template;
      this.section = section;
    }

    public Page with(String name, @Nullable Object value) {
      if (value != null) {
        model.put(name, value);
      }
      return this;
    }

    public Page status(int code) {
      status =
          Objects.requireNonNullElse(HttpStatus.resolve(code), HttpStatus.INTERNAL_SERVER_ERROR);
      return this;
    }

    public Rendering show() {
      return Rendering.view(template)
          .status(status)
          .modelAttribute("words", words)
          .modelAttribute("frame", frames.of(Visit.this, section))
          .model(model)
          .build();
    }
  }
}
