package org.actsandbox.web.console.frame;

import java.util.Map;
import java.util.regex.Pattern;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.web.console.words.LanguageResolver;
import org.actsandbox.web.console.words.PageText;
import org.springframework.context.MessageSource;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.result.method.SyncHandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;

/** Passes a {@link PageRequest} to the console's controllers. */
@Component
public class PageRequestArgumentResolver implements SyncHandlerMethodArgumentResolver {

  private static final Pattern PATH_OF_WORLD = Pattern.compile("/console/([a-z0-9-]{1,40})/.+");

  private final MessageSource messages;
  private final Worlds worlds;
  private final PageFrames pageFrames;

  PageRequestArgumentResolver(MessageSource messages, Worlds worlds, PageFrames pageFrames) {
    this.messages = messages;
    this.worlds = worlds;
    this.pageFrames = pageFrames;
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == PageRequest.class;
  }

  @Override
  public Object resolveArgumentValue(
      MethodParameter parameter, BindingContext binding, ServerWebExchange exchange) {
    return pageRequest(exchange);
  }

  public PageRequest pageRequest(ServerWebExchange exchange) {
    Map<String, String> path =
        exchange.getAttributeOrDefault(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, Map.of());
    var named = path.get("world");
    var world = named == null ? worldOf(exchange) : named;
    var pageText =
        new PageText(messages, LanguageResolver.of(exchange), World.ZONE, () -> worlds.find(world));
    return new PageRequest(exchange, pageText, worlds, pageFrames, world);
  }

  /**
   * Names the world for pages that belong to no world and for addresses without a page: the world
   * that the reader came from, else the demo world.
   */
  private String worldOf(ServerWebExchange exchange) {
    var path = PATH_OF_WORLD.matcher(exchange.getRequest().getPath().value());
    if (path.matches()) {
      return path.group(1);
    }
    var asked = exchange.getRequest().getQueryParams().getFirst("world");
    return asked != null && worlds.exists(asked) ? asked : Worlds.DEMO;
  }
}
