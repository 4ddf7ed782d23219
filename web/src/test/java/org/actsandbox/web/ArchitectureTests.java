package org.actsandbox.web;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.actsandbox.merchants.MerchantRoster;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.sandbox.dispute.DisputeWording;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.NullMarked;

/**
 * Tests the allowed dependencies between modules, and the classes and methods that some packages
 * must not use.
 */
@AnalyzeClasses(packages = "org.actsandbox", importOptions = ArchitectureTests.MainClasses.class)
class ArchitectureTests {

  /** Leaves test classes out, also of a build with another target folder. */
  static final class MainClasses implements ImportOption {

    @Override
    public boolean includes(Location location) {
      return !location.contains("/test-classes/");
    }
  }

  private static final String ROOT = "org.actsandbox.";

  @ArchTest
  static final ArchRule modulesDependOnlyAlongTheArrows =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("org.actsandbox..")
          .layer("protocol")
          .definedBy(ROOT + "protocol..")
          .layer("kit")
          .definedBy(ROOT + "kit..")
          .layer("client")
          .definedBy(ROOT + "client..")
          .layer("alipay")
          .definedBy(ROOT + "alipay..")
          .layer("participant")
          .definedBy(ROOT + "participant..")
          .layer("merchants")
          .definedBy(ROOT + "merchants..")
          .layer("agent")
          .definedBy(ROOT + "agent..")
          .layer("sandbox")
          .definedBy(ROOT + "sandbox..")
          .layer("scenarios")
          .definedBy(ROOT + "scenarios..")
          .layer("web")
          .definedBy(ROOT + "web..")
          .whereLayer("web")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("kit")
          .mayOnlyBeAccessedByLayers("web")
          .whereLayer("client")
          .mayOnlyBeAccessedByLayers("scenarios", "web")
          .whereLayer("scenarios")
          .mayOnlyBeAccessedByLayers("web")
          .whereLayer("sandbox")
          .mayOnlyBeAccessedByLayers("web")
          .whereLayer("agent")
          .mayOnlyBeAccessedByLayers("sandbox", "web")
          .whereLayer("merchants")
          .mayOnlyBeAccessedByLayers("sandbox", "web")
          .whereLayer("alipay")
          .mayOnlyBeAccessedByLayers("merchants", "agent", "sandbox", "web")
          .whereLayer("participant")
          .mayOnlyBeAccessedByLayers("merchants", "sandbox");

  @ArchTest
  static final ArchRule participantsKnowOnlyTheDatabasePartOfTheFramework =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "participant..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("org.springframework..", "reactor..")
                  .and(
                      not(
                          resideInAnyPackage(
                              "org.springframework.jdbc..",
                              "org.springframework.dao..",
                              "org.springframework.transaction.."))));

  @ArchTest
  static final ArchRule theProtocolKnowsNoFramework =
      noClasses()
          .that()
          .resideInAnyPackage(ROOT + "protocol..", ROOT + "alipay..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.springframework..", "reactor..", "dev.langchain4j..", "java.sql..");

  @ArchTest
  static final ArchRule theKitNeedsOneModuleAndNoFrameworkOutsideItsAdapters =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "kit..")
          .and()
          .resideOutsideOfPackages(ROOT + "kit.spring..", ROOT + "kit.servlet..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.springframework..", "jakarta..", "org.slf4j..", "org.apache..");

  @ArchTest
  static final ArchRule scenariosReachATargetOverHttpOnly =
      noClasses()
          .that()
          .resideInAnyPackage(ROOT + "scenarios..", ROOT + "client..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.springframework..", "java.sql..", ROOT + "sandbox..");

  /**
   * Is what pages may know of a participant: the values that it answers with, and the two tables of
   * names and words without any state.
   */
  private static final DescribedPredicate<JavaClass> VALUES =
      describe(
          "values",
          each ->
              each.isRecord()
                  || each.isEnum()
                  || each.isEquivalentTo(MerchantRoster.class)
                  || each.isEquivalentTo(DisputeWording.class));

  @ArchTest
  static final ArchRule pagesReachParticipantsThroughPorts =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "web.console..")
          .and()
          .resideOutsideOfPackage(ROOT + "web.console.adapter")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      ROOT + "merchants..",
                      ROOT + "agent..",
                      ROOT + "sandbox.psp..",
                      ROOT + "sandbox.trust..",
                      ROOT + "sandbox.delegation..",
                      ROOT + "sandbox.dispute..",
                      ROOT + "sandbox.evidence..",
                      ROOT + "sandbox.tamper..")
                  .and(not(VALUES)))
          .orShould()
          .callMethod(World.class, "participant", Class.class)
          .orShould()
          .callMethod(World.class, "openParticipant", Class.class);

  @ArchTest
  static final ArchRule participantsNoteEventsAndNoText =
      noClasses()
          .that()
          .resideInAnyPackage(
              ROOT + "merchants..",
              ROOT + "agent..",
              ROOT + "sandbox.psp..",
              ROOT + "sandbox.delegation..",
              ROOT + "sandbox.trust..",
              ROOT + "sandbox.dispute..")
          .should()
          .callConstructor(
              JournalNote.class,
              String.class,
              JournalNote.Kind.class,
              ActComponent.class,
              String.class,
              Map.class,
              Map.class);

  @ArchTest
  static final ArchRule packagesFormNoCycles =
      slices().matching("org.actsandbox.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule everyPackageIsNullMarked =
      classes()
          .that()
          .haveSimpleName("package-info")
          .and()
          .resideInAPackage("org.actsandbox..")
          .should()
          .beAnnotatedWith(NullMarked.class);

  @ArchTest
  static final ArchRule domainCodeGetsItsTimeInjected =
      noClasses()
          .that()
          .resideInAnyPackage(
              ROOT + "protocol..",
              ROOT + "alipay..",
              ROOT + "merchants..",
              ROOT + "agent..",
              ROOT + "sandbox.psp..")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(UUID.class, "randomUUID")
          .orShould()
          .callMethod(Math.class, "random");

  @ArchTest
  static final ArchRule noClassBlocksOnAReactiveStream =
      noClasses()
          .should()
          .callMethod(reactor.core.publisher.Mono.class, "block")
          .orShould()
          .callMethod(reactor.core.publisher.Flux.class, "blockLast")
          .orShould()
          .callMethod(reactor.core.publisher.Flux.class, "blockFirst");
}
