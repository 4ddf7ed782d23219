package org.actsandbox.web.console;

import java.time.Duration;
import org.actsandbox.web.console.form.FormFieldsArgumentResolver;
import org.actsandbox.web.console.form.UploadArgumentResolver;
import org.actsandbox.web.console.frame.AssetVersion;
import org.actsandbox.web.console.frame.PageRequestArgumentResolver;
import org.actsandbox.web.console.words.LanguageResolver;
import org.actsandbox.web.console.words.PageMessages;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.reactive.config.ResourceHandlerRegistry;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;
import org.springframework.web.server.i18n.LocaleContextResolver;

/** Configures the console: message bundles, languages, controller arguments and static files. */
@Configuration(proxyBeanMethods = false)
class ConsoleConfiguration {

  @Bean
  MessageSource messageSource() {
    return PageMessages.open();
  }

  @Bean
  LocaleContextResolver localeContextResolver() {
    return new LanguageResolver();
  }

  @Bean
  WebFluxConfigurer consoleWeb(
      ObjectProvider<PageRequestArgumentResolver> pageRequests,
      FormFieldsArgumentResolver forms,
      UploadArgumentResolver uploads,
      AssetVersion assets) {
    return new WebFluxConfigurer() {
      @Override
      public void configureArgumentResolvers(ArgumentResolverConfigurer resolvers) {
        resolvers.addCustomResolver(pageRequests.getObject(), forms);
      }

      @Override
      public void addResourceHandlers(ResourceHandlerRegistry registry) {
        var day = CacheControl.maxAge(Duration.ofDays(1));
        registry
            .addResourceHandler("/assets/**")
            .addResourceLocations("classpath:/static/assets/")
            .setUseLastModified(true)
            .setCacheControl(CacheControl.noCache());
        registry
            .addResourceHandler(assets.path() + "/**")
            .addResourceLocations("classpath:/static/assets/")
            .setCacheControl(CacheControl.maxAge(Duration.ofDays(365)));
        registry
            .addResourceHandler("/webjars/**")
            .addResourceLocations("classpath:/META-INF/resources/webjars/")
            .setCacheControl(day);
      }
    };
  }
}
