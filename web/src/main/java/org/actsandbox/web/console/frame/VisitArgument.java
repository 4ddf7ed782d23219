package org.actsandbox.web.console.frame;

import java.util.Map;
import java.util.regex.Pattern;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.web.console.words.Language;
import org.actsandbox.web.console.words.Words;
import org.springframework.context.MessageSource;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.result.method.SyncHandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;

/** Hands a {@link Visit} to the console's controllers. */
@Component
public class VisitArgument implements SyncHandlerMethodArgumentResolver {

  private static final Pattern INSIDE = Pattern.compile("/console/([a-z0-9-]{1,40})/.+");

  private final MessageSource messages;
  private final Worlds worlds;
  private final Frames frames;

  VisitArgument(MessageSource messages, Worlds worlds, Frames frames) {
    this.messages = messages;
    this.worlds = worlds;
    this.frames = frames;
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == Visit.class;
  }

  @Override
  public Object resolveArgumentValue(
      MethodParameter parameter, BindingContext binding, ServerWebExchange exchange) {
    return visit(exchange);
  }

  public Visit visit(ServerWebExchange exchange) {
    Map<String, String> path =
        exchange.getAttributeOrDefault(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, Map.of());
    var words = new Words(messages, Language.of(exchange), World.ZONE);
    var named = path.get("world");
    return new Visit(exchange, words, worlds, frames, named == null ? asked(exchange) : named);
  }

  /** Pages that belong to no world, or are none, keep the one the reader came from. */
  private String asked(ServerWebExchange exchange) {
    var inside = INSIDE.matcher(exchange.getRequest().getPath().value());
    if (inside.matches()) {
      return inside.group(1);
    }
    var asked = exchange.getRequest().getQueryParams().getFirst("world");
    return asked != null && worlds.find(asked).isPresent() ? asked : Worlds.DEMO;
  }
}
